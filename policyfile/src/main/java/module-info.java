/// Text to policy and back: parse, and place problems by line and column.
@org.jspecify.annotations.NullMarked
module dev.clawhold.policyfile {
    requires static transitive org.jspecify;
    requires transitive dev.clawhold.policy;
    requires org.snakeyaml.engine;

    exports dev.clawhold.policyfile;
    exports dev.clawhold.policyfile.edit;
    exports dev.clawhold.policyfile.hash;
    exports dev.clawhold.policyfile.learn;
}
