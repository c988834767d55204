package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.Architecture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The order is the security argument. Each test is one of its sentences.
class ImageCompilerTest {
    private final List<String> root = explanation(true);
    private final List<String> rootless = explanation(false);

    @Test
    void signalsAreBlockedBeforeAnyForkSoThatNoneIsLost() {
        ordered(root, "rt_sigprocmask", "clone(");
        ordered(rootless, "rt_sigprocmask", "clone(");
    }

    @Test
    void inheritedDescriptorsAreClosedBeforeAnythingIsOpened() {
        ordered(root, "close what was not handed over", "openat");
        ordered(rootless, "close what was not handed over", "openat");
    }

    @Test
    void rootlessTheIdMapStandsBeforeAnyFileOrMountIsMade() {
        ordered(
                rootless,
                "enter a user namespace",
                "deny setgroups",
                "map the user id",
                "map the group id",
                "fork the sandbox",
                "cut the mounts off");
    }

    @Test
    void rootNeverEntersAUserNamespaceItself() {
        assertThat(root).noneMatch(line -> line.startsWith("enter a user namespace"));
    }

    @Test
    void theSandboxIsBoundToItsKeeperAtOnceAndAgainAfterAChangeOfIds() {
        ordered(root, "fork the sandbox", "die with the keeper", "open the gateway's port");
        ordered(root, "become the sandbox's user", "die with the keeper", "give every capability");
    }

    @Test
    void portsAreBoundWhileTheCapabilityForThemIsThere() {
        ordered(root, "bind DNS over UDP", "drop capability 0");
    }

    @Test
    void controlGroupsAreJoinedWhileTheHostsFilesAreVisible() {
        ordered(root, "join the control group", "unshare control groups", "make it the root");
    }

    @Test
    void mountsAreCutOffFromTheHostBeforeTheFirstIsMade() {
        ordered(root, "cut the mounts off", "take `/usr`", "mount a tmpfs");
    }

    @Test
    void everyHostPathIsTakenBeforeTheNewRootCoversAnything() {
        ordered(root, "take `/srv/w`", "take `/usr`", "mount a tmpfs");
    }

    @Test
    void aTreeIsReadOnlyBeforeAnybodyCanSeeIt() {
        ordered(root, "make `/usr` read-only", "show `/usr` read-only");
    }

    @Test
    void aProtectedPathIsMountedAfterTheTreeAroundIt() {
        ordered(
                root,
                "show `/srv/w` for writing",
                "show `/srv/w/.git` for writing",
                "show `/srv/w/.git/config` read-only");
    }

    @Test
    void theHostsFilesAreGoneBeforeThePowersAre() {
        ordered(root, "make it the root", "let the host's files go", "make the root read-only");
        ordered(root, "make the root read-only", "drop capability 0");
    }

    @Test
    void limitsAreSetWhileTheyCanBe() {
        ordered(root, "limit: processes", "become the sandbox's user");
    }

    @Test
    void theBoundingSetIsDroppedWhileThatIsAllowed() {
        ordered(root, "drop capability 40", "become the sandbox's user");
        ordered(rootless, "drop capability 40", "give every capability away");
    }

    @Test
    void groupsAreDroppedBeforeTheUserChanges() {
        ordered(
                root,
                "drop supplementary groups",
                "become the sandbox's group",
                "become the sandbox's user");
    }

    @Test
    void noPrivilegeCanBeGainedBeforeTheLastLayersAreLoaded() {
        ordered(
                root,
                "give every capability away",
                "no new privileges",
                "make a Landlock ruleset",
                "restrict this process by it",
                "filter system calls");
    }

    @Test
    void nothingIsMountedAfterLandlock() {
        var after = root.subList(index(root, "restrict this process by it"), root.size());

        assertThat(after).noneMatch(line -> line.contains("mount"));
    }

    @Test
    void theFilterIsTheLastLayerAndReadinessComesAfterIt() {
        ordered(
                root,
                "filter system calls",
                "keep the listener",
                "send the gateway's descriptors",
                "say that every layer is in force",
                "execute: execve");
    }

    @Test
    void theListenerIsLeftToTheKeeperBeforeTheWorkloadIsForked() {
        ordered(
                root,
                "send the gateway's descriptors",
                "close everything but the standard descriptors",
                "fork the workload",
                "unblock signals",
                "execute: execve");
    }

    @Test
    void theWorkloadRunsOnlyAfterEveryLayer() {
        for (var explanation : List.of(root, rootless)) {
            int execute = index(explanation, "execute: execve");
            for (var layer :
                    List.of(
                            "make the root read-only",
                            "give every capability away",
                            "no new privileges",
                            "restrict this process by it",
                            "filter system calls")) {
                assertThat(index(explanation, layer)).as(layer).isLessThan(execute);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationExistsOnEveryArchitecture(Architecture architecture) {
        var image = ImageCompiler.compile(sample(true), architecture);

        assertThat(image.explanation()).hasSameSizeAs(root);
    }

    @Test
    void theSameBlueprintGivesTheSameImage() {
        var blueprint = sample(true);

        assertThat(ImageCompiler.compile(blueprint, Architecture.X86_64).file())
                .isEqualTo(ImageCompiler.compile(blueprint, Architecture.X86_64).file());
    }

    private static List<String> explanation(boolean asRoot) {
        return ImageCompiler.compile(sample(asRoot), Architecture.X86_64).explanation();
    }

    private static Blueprint sample(boolean asRoot) {
        return Samples.blueprint(asRoot, List.of("/sys/fs/cgroup/pids/x"), List.of("true"));
    }

    // Each is found after the one before.
    private static void ordered(List<String> explanation, String... operations) {
        int from = 0;
        for (var operation : operations) {
            var rest = explanation.subList(from, explanation.size());
            int found = index(rest, operation);
            assertThat(found).as("`" + operation + "` after line " + from).isNotNegative();
            from += found + 1;
        }
    }

    private static int index(List<String> explanation, String operation) {
        for (int i = 0; i < explanation.size(); i++) {
            if (explanation.get(i).contains(operation)) {
                return i;
            }
        }
        return -1;
    }
}
