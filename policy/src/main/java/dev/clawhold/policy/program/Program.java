package dev.clawhold.policy.program;

import java.util.List;

/// Who asks: the program that made a request, or the fact that nobody can say which it was.
public sealed interface Program {

    /// The process at the moment of its call.
    ///
    /// @param executable the program itself
    /// @param ancestors its parents' programs, the nearest first, up to the sandbox's command, at
    ///   most 64
    /// @param pid the process id as the host sees it; it takes no part in a decision
    record Known(Executable executable, List<Executable> ancestors, long pid) implements Program {
        public Known {
            ancestors = List.copyOf(ancestors);
        }
    }

    /// The identity could not be established; only rules for any program can apply.
    ///
    /// @param cause why, in words, for the record
    /// @param pid the process id as the host sees it
    record Unknown(String cause, long pid) implements Program {}

    long pid();
}
