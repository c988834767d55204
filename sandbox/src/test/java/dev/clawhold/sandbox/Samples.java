package dev.clawhold.sandbox;

import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.PathRule;
import java.util.List;
import java.util.Map;

/// Blueprints to compile images from.
final class Samples {
    private Samples() {}

    static Blueprint blueprint(boolean root, List<String> groups, List<String> command) {
        var host =
                new FakeHostFiles()
                        .directory("/usr")
                        .directory("/srv/w", 1000)
                        .directory("/srv/w/.git", 1000)
                        .file("/srv/w/.git/config");
        var rules =
                new FileRules(
                        true,
                        List.of(
                                new PathRule("/srv/w/.git/config", Access.READ_ONLY, true),
                                new PathRule("/usr", Access.READ_ONLY, false)),
                        false);
        return new Blueprint(
                "sample",
                ExposurePlanner.plan(rules, "/srv/w", host),
                List.of(new OwnFile("/etc/hosts", new byte[] {'\n'})),
                "/srv/w",
                root
                        ? new Blueprint.Ids(true, 0, 0, 70_000, 70_000)
                        : new Blueprint.Ids(false, 1000, 1000, 1000, 1000),
                new Blueprint.Ceilings(1024, 16_384, 1 << 20),
                new Blueprint.Machine(7, 40, true),
                new Blueprint.Stdio(List.of(1), -1),
                groups,
                command,
                Map.of("PATH", "/usr/bin:/bin"));
    }
}
