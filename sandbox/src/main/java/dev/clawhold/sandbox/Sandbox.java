package dev.clawhold.sandbox;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.LaunchImage;
import dev.clawhold.policy.confinement.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A sandbox that is ready to start: its launch image is compiled, and nothing has run yet.
public final class Sandbox {
    private final Limits limits;
    private final Blueprint blueprint;
    private final ControlGroups groups;
    private final LaunchImage image;

    private Sandbox(Limits limits, Blueprint blueprint, ControlGroups groups) {
        this.limits = limits;
        this.blueprint = blueprint;
        this.groups = groups;
        this.image = ImageCompiler.compile(blueprint, Architecture.current());
    }

    /// Compiles the sandbox of a workload for this machine.
    ///
    /// @throws SetupException if a layer cannot be set up here; nothing is left behind
    public static Sandbox prepare(Workload workload) {
        var groups = Surveyor.groups(workload);
        return new Sandbox(
                workload.confinement().limits(), Surveyor.survey(workload, groups), groups);
    }

    /// The launch image outside every control group, for whoever measures its start.
    public LaunchImage image() {
        return ImageCompiler.compile(blueprint.withoutGroups(), Architecture.current());
    }

    /// Every operation of the launch image, in words and as the system call that it is.
    public List<String> explanation() {
        return image.explanation();
    }

    /// What was passed over, for the operator.
    public List<String> warnings() {
        return blueprint.files().warnings();
    }

    /// How long the policy lets it run: whoever starts it ends it then.
    public Optional<Duration> timeLimit() {
        return limits.time();
    }

    /// Starts it, written down nowhere: if this process is killed, nobody finds the sandbox.
    ///
    /// @return once every layer is in force
    /// @throws SetupException if one could not be set up; nothing is left behind
    public RunningSandbox start() {
        return start(Registration.none());
    }

    /// Starts it, and keeps it in a registry until it ends.
    ///
    /// @return once every layer is in force
    /// @throws SetupException if one could not be set up, or a live sandbox has its name; nothing
    ///   is left behind
    public RunningSandbox start(SandboxRegistry registry) {
        return start(Registration.in(registry, blueprint.name(), groups.paths()));
    }

    private RunningSandbox start(Registration registration) {
        try {
            groups.create();
        } catch (IOException e) {
            return startWithoutGroups(registration, e);
        }
        return RunningSandbox.start(image, blueprint.ids(), groups, registration);
    }

    // What is only built in has its fallback in the image: resource limits.
    private RunningSandbox startWithoutGroups(Registration registration, IOException cause) {
        if (limits.pids().isPresent() || limits.memory().isPresent() || limits.cpu().isPresent()) {
            registration.ended();
            throw new SetupException(
                    Layer.LIMITS,
                    "the policy's limits cannot be held: " + cause.getMessage(),
                    "start it in a control group that is its own, or take process.limits out");
        }
        var bare = blueprint.withoutGroups();
        return RunningSandbox.start(
                ImageCompiler.compile(bare, Architecture.current()),
                bare.ids(),
                ControlGroups.none(),
                registration);
    }
}
