/// The composition root: `main`, and the objects that connect the commands to the enforcement
/// points.
@org.jspecify.annotations.NullMarked
module dev.clawhold.app {
    requires static org.jspecify;
    requires dev.clawhold.policyfile;
    requires dev.clawhold.sandbox;
    requires dev.clawhold.gateway;
    requires dev.clawhold.cli;
}
