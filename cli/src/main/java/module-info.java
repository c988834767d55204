/// The commands: parse, one call, print, exit status. What they need of the machine comes in by
/// ports.
@org.jspecify.annotations.NullMarked
module dev.clawhold.cli {
    requires static transitive org.jspecify;
    requires dev.clawhold.audit;
    requires dev.clawhold.policy;
    requires dev.clawhold.policyfile;
    requires transitive info.picocli;

    exports dev.clawhold.cli;

    opens dev.clawhold.cli to
            info.picocli;
}
