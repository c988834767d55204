package dev.clawhold.sandbox;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.LaunchImage;
import java.util.List;

/// A sandbox that is ready to start: its launch image is compiled, and nothing has run yet.
public final class Sandbox {
    private final Blueprint blueprint;
    private final LaunchImage image;

    private Sandbox(Blueprint blueprint, LaunchImage image) {
        this.blueprint = blueprint;
        this.image = image;
    }

    /// Compiles the sandbox of a workload for this machine.
    ///
    /// @throws SetupException if a layer cannot be set up here; nothing is left behind
    public static Sandbox prepare(Workload workload) {
        var blueprint = Surveyor.survey(workload);
        return new Sandbox(blueprint, ImageCompiler.compile(blueprint, Architecture.current()));
    }

    /// The launch image itself.
    public LaunchImage image() {
        return image;
    }

    /// Every operation of the launch image, in words and as the system call that it is.
    public List<String> explanation() {
        return image.explanation();
    }

    /// What was passed over, for the operator.
    public List<String> warnings() {
        return blueprint.files().warnings();
    }

    /// Starts it.
    ///
    /// @return once every layer is in force
    /// @throws SetupException if one could not be set up; nothing is left behind
    public RunningSandbox start() {
        return RunningSandbox.start(image, blueprint.ids());
    }
}
