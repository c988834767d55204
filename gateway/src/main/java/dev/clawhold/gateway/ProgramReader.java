package dev.clawhold.gateway;

import dev.clawhold.linux.TaskReader;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Finds out which program a stopped thread runs, and which programs it descends from, from `/proc`
/// (`proc_pid_exe(5)`, `proc_pid_status(5)`). What it reads is the thread's own as long as its call
/// still waits. Used by one thread.
final class ProgramReader {
    private static final int MOST_ANCESTORS = 64;

    private final int init;
    private final TaskReader tasks = new TaskReader();
    private final ExecutableReader executables = new ExecutableReader(tasks);

    /// A reader for one sandbox.
    ///
    /// @param init its pid 1, where ancestry ends
    ProgramReader(int init) {
        this.init = init;
    }

    Program read(int tid) {
        var status = ProcessStatus.of(tasks, tid);
        if (status.isEmpty()) {
            return new Program.Unknown("the process cannot be looked at", tid);
        }
        int pid = status.get().pid();
        return switch (executables.read(tid)) {
            case ExecutableReader.Result.Read(var executable) ->
                    new Program.Known(executable, ancestors(status.get().parent()), pid);
            case ExecutableReader.Result.Unreadable(var cause) -> new Program.Unknown(cause, pid);
        };
    }

    // An ancestor that cannot be read is left out: it can only make a rule not fit.
    private List<Executable> ancestors(int parent) {
        var ancestors = new ArrayList<Executable>();
        var pid = OptionalInt.of(parent);
        while (pid.isPresent()
                && pid.getAsInt() > 1
                && pid.getAsInt() != init
                && ancestors.size() < MOST_ANCESTORS) {
            if (executables.read(pid.getAsInt())
                    instanceof ExecutableReader.Result.Read(var executable)) {
                ancestors.add(executable);
            }
            var status = ProcessStatus.of(tasks, pid.getAsInt());
            pid = status.isEmpty() ? OptionalInt.empty() : OptionalInt.of(status.get().parent());
        }
        return ancestors;
    }

    /// The working directory of a thread, as it sees it.
    static String workingDirectory(int tid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + tid + "/cwd")).toString();
        } catch (IOException _) {
            return "/";
        }
    }
}
