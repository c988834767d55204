package dev.clawhold.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.TypeConversionException;

/// The command line of Clawhold.
public final class Clawhold {
    private Clawhold() {}

    /// All commands, ready for `execute(arguments)`, which returns the exit status and never ends
    /// the process. Output goes to the command line's `out` and `err`.
    public static CommandLine create(Ports ports, Setting setting) {
        return create(ports, setting, "");
    }

    /// The same, for a command line whose first word is known: where it is `run`, the commands
    /// beside it are left out, since each costs a start some milliseconds.
    public static CommandLine create(Ports ports, Setting setting, String first) {
        var commands = new CommandLine(new ClawholdCommand());
        var run = new CommandLine(new RunCommand(ports.runner(), setting.directory()));
        commands.addSubcommand(run);
        if (!first.equals("run")) {
            commands.addSubcommand(policy(setting));
            commands.addSubcommand(audit());
            commands.addSubcommand(new DoctorCommand(ports.doctor()));
            commands.addSubcommand(new DemoCommand(ports.demo()));
            commands.addSubcommand(new ReapCommand(ports.reaper()));
        }
        commands.getCommandSpec().version("clawhold " + setting.version());
        configure(commands);
        // What follows the command's name is the command's own.
        run.setStopAtPositional(true);
        return commands;
    }

    private static CommandLine policy(Setting setting) {
        return new CommandLine(new ClawholdCommand.Policy())
                .addSubcommand(new PolicyCheckCommand(setting.clock()))
                .addSubcommand(new PolicyExplainCommand(setting.clock()))
                .addSubcommand(new PolicyMergeCommand())
                .addSubcommand(new PolicyFmtCommand())
                .addSubcommand(new PolicyLearnCommand(setting.clock()))
                .addSubcommand(new PolicyPresetsCommand())
                .addSubcommand(new PolicySchemaCommand());
    }

    private static CommandLine audit() {
        return new CommandLine(new ClawholdCommand.Audit())
                .addSubcommand(new AuditVerifyCommand())
                .addSubcommand(new AuditShowCommand());
    }

    private static void configure(CommandLine commands) {
        var failures = new Failures();
        commands.setExpandAtFiles(false);
        commands.registerConverter(Path.class, Clawhold::path);
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        commands.setParameterExceptionHandler(failures);
        commands.setExecutionExceptionHandler(failures);
    }

    /// A name that the locale cannot spell, or that holds a NUL, is no path.
    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("`" + text + "` is not a path: " + e.getReason());
        }
    }
}
