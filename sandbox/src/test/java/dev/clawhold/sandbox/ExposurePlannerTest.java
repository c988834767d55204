package dev.clawhold.sandbox;

import static dev.clawhold.policy.confinement.Access.DENY;
import static dev.clawhold.policy.confinement.Access.READ_ONLY;
import static dev.clawhold.policy.confinement.Access.READ_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.confinement.Access;
import dev.clawhold.policy.confinement.FileRules;
import dev.clawhold.policy.confinement.PathRule;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExposurePlannerTest {
    private final FakeHostFiles host =
            new FakeHostFiles()
                    .directory("/usr")
                    .directory("/etc")
                    .directory("/run")
                    .directory("/home", 1000)
                    .directory("/srv/w", 1000)
                    .directory("/srv/w/a", 1000)
                    .directory("/srv/w/a/b", 1000)
                    .file("/srv/w/a/b/hook")
                    .file("/srv/w/.env");

    @Nested
    class TheLongestPathDecides {
        @Test
        void readOnlyInsideReadWriteIsReadOnly() {
            assertThat(plan(rw("/srv/w"), ro("/srv/w/.env")))
                    .containsExactly("rw /srv/w", "ro /srv/w/.env");
        }

        @Test
        void readWriteInsideReadOnlyIsReadWrite() {
            assertThat(plan(ro("/srv/w"), rw("/srv/w/a"))).contains("ro /srv/w", "rw /srv/w/a");
        }

        @Test
        void whatRepeatsItsParentIsLeftOut() {
            assertThat(plan(ro("/srv/w"), ro("/srv/w/a"), ro("/srv/w/a/b")))
                    .containsExactly("ro /srv/w");
        }

        @Test
        void aPathIsNotContainedInOneWithALongerName() {
            host.directory("/srv/w-old", 1000);

            assertThat(plan(rw("/srv/w"), ro("/srv/w-old")))
                    .containsExactly("rw /srv/w", "ro /srv/w-old");
        }

        @Test
        void onePathListedTwiceIsTheStricter() {
            assertThat(plan(rw("/srv/w"), ro("/srv/w"))).containsExactly("ro /srv/w");
            assertThat(plan(ro("/srv/w"), rw("/srv/w"))).containsExactly("ro /srv/w");
        }

        @Test
        void theWorkingDirectoryIsWritableWhereThePolicySaysSo() {
            var plan = plan(new FileRules(true, List.of(), false));

            assertThat(words(plan)).containsExactly("rw /srv/w");
        }

        @Test
        void aListedPathBeatsTheBaseline() {
            assertThat(plan(rw("/usr"), new PathRule("/usr", READ_ONLY, false)))
                    .containsExactly("rw /usr");
        }
    }

    @Nested
    class AProtectedPathInAWritableTree {
        @ParameterizedTest
        @EnumSource(names = {"READ_ONLY", "DENY"})
        void hasEveryDirectoryAboveItMountedOverItself(Access access) {
            var plan = plan(rw("/srv/w"), new PathRule("/srv/w/a/b/hook", access, true));

            assertThat(plan)
                    .containsExactly(
                            "rw /srv/w",
                            "rw /srv/w/a",
                            "rw /srv/w/a/b",
                            (access == DENY ? "deny" : "ro") + " /srv/w/a/b/hook");
        }

        @Test
        void sharesTheShieldsOfItsNeighbours() {
            host.file("/srv/w/a/x");

            assertThat(plan(rw("/srv/w"), ro("/srv/w/a/b/hook"), deny("/srv/w/a/x")))
                    .containsExactly(
                            "rw /srv/w",
                            "rw /srv/w/a",
                            "rw /srv/w/a/b",
                            "ro /srv/w/a/b/hook",
                            "deny /srv/w/a/x");
        }

        @Test
        void isRefusedBehindALinkThatTheWorkloadCouldReplace() {
            host.link("/srv/w/hooks", "a/b");

            assertThatThrownBy(() -> plan(rw("/srv/w"), ro("/srv/w/hooks")))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("`/srv/w/hooks`")
                    .extracting(e -> ((SetupException) e).mend().orElseThrow())
                    .isEqualTo("list `/srv/w/a/b` instead");
        }

        @Test
        void isShownWithAWarningWhereItHasAnotherName() {
            host.file("/srv/w/.env", 2);

            assertThat(plan(rules(rw("/srv/w"), deny("/srv/w/.env"))).warnings())
                    .containsExactly(
                            "`/srv/w/.env` has another hard link, and is not protected under that"
                                    + " name");
        }

        @Test
        void needsNoShieldBelowAReadOnlyTree() {
            assertThat(plan(ro("/srv/w"), deny("/srv/w/a/b/hook")))
                    .containsExactly("ro /srv/w", "deny /srv/w/a/b/hook");
        }
    }

    @Nested
    class Hiding {
        @Test
        void isPossibleForFilesAndDirectories() {
            assertThat(plan(ro("/srv/w"), deny("/srv/w/.env"), deny("/srv/w/a")))
                    .containsExactly("ro /srv/w", "deny /srv/w/.env", "deny /srv/w/a");
        }

        @Test
        void hasNoEffectOutsideEveryAllowedTreeAndSaysSo() {
            var plan = plan(rules(ro("/usr"), deny("/srv/w/.env")));

            assertThat(words(plan)).containsExactly("ro /usr");
            assertThat(plan.warnings())
                    .containsExactly("`/srv/w/.env` lies in no allowed tree: deny has no effect");
        }

        @Test
        void leavesNothingToShowBelow() {
            assertThatThrownBy(() -> plan(ro("/srv/w"), deny("/srv/w/a"), ro("/srv/w/a/b")))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("`/srv/w/a`, which is hidden");
        }

        @Test
        void isRefusedInTheSandboxsOwnProc() {
            host.file("/proc/meminfo");

            assertThatThrownBy(() -> plan(deny("/proc/meminfo")))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("`/proc/meminfo` cannot be hidden");
        }
    }

    @Nested
    class APathThatIsAbsent {
        @Test
        void isSkippedWithAWarning() {
            var plan = plan(rules(ro("/usr"), ro("/opt/agent")));

            assertThat(words(plan)).containsExactly("ro /usr");
            assertThat(plan.warnings()).containsExactly("`/opt/agent` does not exist: skipped");
        }

        @Test
        void isNotMissedInTheBaseline() {
            var plan = plan(rules(ro("/usr"), new PathRule("/lib64", READ_ONLY, false)));

            assertThat(plan.warnings()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void stopsTheStartWhereThePolicyRequiresIt(Access access) {
            var rules =
                    new FileRules(false, List.of(new PathRule("/opt/agent", access, true)), true);

            assertThatThrownBy(() -> plan(rules))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("`/opt/agent` does not exist");
        }
    }

    @Nested
    class ASymbolicLink {
        @Test
        void isALinkInsideTooAndItsTargetIsShown() {
            host.directory("/usr/bin").link("/bin", "usr/bin");

            var plan = plan(rules(ro("/usr"), ro("/bin")));

            assertThat(words(plan)).containsExactly("ro /usr");
            assertThat(plan.links()).containsExactly(new Exposure.Link("/bin", "usr/bin"));
        }

        @Test
        void leadsStraightToItsTargetWhereAnotherLinkIsBetween() {
            host.directory("/usr/bin").link("/bin", "/sbin").link("/sbin", "/usr/bin");

            assertThat(plan(rules(ro("/bin"))).links())
                    .containsExactly(new Exposure.Link("/bin", "/usr/bin"));
        }

        @Test
        void intoTheSandboxsOwnPlacesDoesNotBringInTheHosts() {
            host.link("/var/run", "/run");

            var plan = plan(rules(ro("/var/run")));

            assertThat(plan.exposures()).isEmpty();
            assertThat(plan.links()).containsExactly(new Exposure.Link("/var/run", "/run"));
        }

        @Test
        void belowAShownTreeIsTheTreesOwn() {
            host.directory("/usr/bin").link("/usr/alias", "/usr/bin");

            assertThat(plan(rules(ro("/usr"), ro("/usr/alias"))).links()).isEmpty();
        }
    }

    @Nested
    class TheSandboxsOwnPlaces {
        @ParameterizedTest
        @ValueSource(strings = {"/tmp", "/run", "/proc", "/dev", "/dev/null", "/proc/self/environ"})
        void areNeverTheHosts(String place) {
            host.directory(place);

            assertThat(plan(rw(place))).isEmpty();
            assertThat(plan(ro(place))).isEmpty();
        }

        @Test
        void letALongerPathBringInTheHosts() {
            host.directory("/tmp/share");

            assertThat(plan(ro("/tmp/share"))).containsExactly("ro /tmp/share");
        }

        @Test
        void areSaidToBeWritableWhereThePolicySaysReadOnly() {
            assertThat(plan(rules(ro("/tmp"))).warnings())
                    .containsExactly("the sandbox has a `/tmp` of its own, which it can write");
        }
    }

    @Nested
    class TheWholeSystem {
        @Test
        void readOnlyIsWhatTheRootHoldsButForTheSandboxsOwn() {
            host.directory("/srv").directory("/tmp").directory("/usr/bin").link("/bin", "usr/bin");

            var plan = plan(rules(ro("/"), rw("/srv/w")));

            assertThat(words(plan))
                    .containsExactly("ro /etc", "ro /home", "ro /srv", "rw /srv/w", "ro /usr");
            assertThat(plan.links()).containsExactly(new Exposure.Link("/bin", "usr/bin"));
        }

        @Test
        void leavesALongerPathItsOwnAccess() {
            assertThat(plan(ro("/"), rw("/home"))).contains("rw /home").doesNotContain("ro /home");
        }

        @ParameterizedTest
        @EnumSource(names = {"READ_WRITE", "DENY"})
        void isNeitherWritableNorHidden(Access access) {
            assertThatThrownBy(() -> plan(new PathRule("/", access, true)))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("`/` as a whole");
        }
    }

    @Nested
    class Owners {
        @Test
        void ofWritablePlacesStandForTheSandbox() {
            assertThat(only(rw("/etc")).owner()).isTrue();
        }

        @Test
        void standForTheSandboxWhereTheyAreNotRoot() {
            assertThat(only(ro("/home")).owner()).isTrue();
        }

        @Test
        void keepRootsFilesShut() {
            assertThat(only(ro("/etc")).owner()).isFalse();
        }

        @Test
        void ofDevicesStayAsTheyAre() {
            host.device("/dev/kvm");

            assertThat(only(rw("/dev/kvm")).owner()).isFalse();
            assertThat(only(rw("/dev/kvm")).device()).isTrue();
        }

        @Test
        void ofADirectoryOfDevicesStayToo() {
            host.directory("/dev/dri");

            assertThat(only(rw("/dev/dri")).device()).isTrue();
        }

        private Exposure only(PathRule rule) {
            return plan(rules(rule)).exposures().getFirst();
        }
    }

    private List<String> plan(PathRule... rules) {
        return words(plan(rules(rules)));
    }

    private Exposure.Plan plan(FileRules rules) {
        return ExposurePlanner.plan(rules, "/srv/w", host);
    }

    private static FileRules rules(PathRule... rules) {
        return new FileRules(false, List.of(rules), false);
    }

    private static List<String> words(Exposure.Plan plan) {
        return plan.exposures().stream().map(ExposurePlannerTest::words).toList();
    }

    private static String words(Exposure exposure) {
        var access =
                switch (exposure.access()) {
                    case READ_ONLY -> "ro ";
                    case READ_WRITE -> "rw ";
                    case DENY -> "deny ";
                };
        return access + exposure.path();
    }

    private static PathRule ro(String path) {
        return new PathRule(path, READ_ONLY, true);
    }

    private static PathRule rw(String path) {
        return new PathRule(path, READ_WRITE, true);
    }

    private static PathRule deny(String path) {
        return new PathRule(path, DENY, true);
    }
}
