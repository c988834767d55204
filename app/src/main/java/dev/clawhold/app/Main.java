package dev.clawhold.app;

import dev.clawhold.cli.Clawhold;
import dev.clawhold.cli.Ports;
import dev.clawhold.cli.Setting;
import dev.clawhold.linux.ThisProcess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/// Where the process begins: builds the object graph, runs one command, ends with its status.
public final class Main {
    private static final String VERSION = "0.1.0";

    private Main() {}

    /// Runs one command.
    public static void main(String[] arguments) {
        // Netty names its channels by the machine's network card, and complains where there is
        // none.
        System.setProperty("io.netty.machineId", "00:00:00:00:00:01");
        var first = arguments.length == 0 ? "" : arguments[0];
        var out = writer(FileDescriptor.out);
        var notices = new Notices(writer(FileDescriptor.err));
        var operator = Operator.current();
        var clock = InstantSource.system();
        var runner = new ForegroundRun(operator, clock, notices, out, EarlyWork.begin(clock));
        var ports =
                new Ports(
                        runner,
                        new MachineDoctor(),
                        new LocalDemo(
                                clock, OwnCommand::current, operator::colours, DemoAttempt::all),
                        new StateReaper(operator));
        var commands =
                Clawhold.create(
                        ports, new Setting(VERSION, Path.of("").toAbsolutePath(), clock), first);
        int status = commands.setOut(out).setErr(notices.writer()).execute(arguments);
        out.flush();
        notices.writer().flush();
        // A training run ends as the JVM wants, which then writes its AOT cache.
        if (!Boolean.getBoolean("clawhold.training")) {
            ThisProcess.end(status);
        }
        Runtime.getRuntime().halt(status);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
