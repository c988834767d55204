package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.confinement.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Groups in an ordinary directory: the files that a kernel would make appear as what was written.
class ControlGroupsTest {
    private static final long MEMORY = 1000;
    private static final Limits ALL =
            new Limits(
                    OptionalLong.of(500),
                    OptionalDouble.of(1.5),
                    OptionalLong.of(7),
                    OptionalLong.empty(),
                    Optional.empty());

    @TempDir private Path mount;

    @Nested
    class WhereNoGroupCanBeMade {
        @Test
        void theBuiltInCeilingsNeedNone() throws IOException {
            var groups = plan(Limits.BUILT_IN, true);
            groups.create();

            assertThat(groups.paths()).isEmpty();
        }

        @Test
        void aLimitOfMemoryStopsTheStart() {
            var limits =
                    new Limits(
                            OptionalLong.of(1),
                            OptionalDouble.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            Optional.empty());

            assertThatThrownBy(() -> plan(limits, true))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("memory");
        }

        @Test
        void aLimitOfProcessesIsHeldByTheUsersOwnCount() {
            assertThat(plan(pids(7), true).paths()).isEmpty();
        }

        @Test
        void aLimitOfProcessesStopsTheStartWhereTheUserIsShared() {
            assertThatThrownBy(() -> plan(pids(7), false))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("pids");
        }

        private static Limits pids(long most) {
            return new Limits(
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    OptionalLong.of(most),
                    OptionalLong.empty(),
                    Optional.empty());
        }

        private ControlGroups plan(Limits limits, boolean ownIds) {
            return ControlGroups.plan(
                    "x", limits, MEMORY, ownIds, GroupTree.parse("", "", _ -> ""));
        }
    }

    @Test
    void aGroupIsMadeBelowTheOwnOneOfEachController() throws IOException {
        var groups = version1(ALL);
        groups.create();

        assertThat(groups.paths())
                .hasSize(3)
                .allMatch(path -> path.contains("/own/clawhold-x-"))
                .allMatch(path -> Files.isDirectory(Path.of(path)));
    }

    @Test
    void groupsOfOneNameDoNotMeet() throws IOException {
        assertThat(version1(ALL).paths()).doesNotContainAnyElementsOf(version1(ALL).paths());
    }

    @Test
    void nothingIsLeftAfterRemoval() throws IOException {
        var groups = version1(ALL);
        groups.create();
        groups.remove();

        assertThat(groups.paths()).noneMatch(path -> Files.exists(Path.of(path)));
    }

    @Test
    void nothingIsLeftWhereOneCannotBeMade() throws IOException {
        var groups = version1(ALL);
        Files.createDirectory(Path.of(groups.paths().getLast()));

        assertThatThrownBy(groups::create).isInstanceOf(IOException.class);
        assertThat(groups.paths()).noneMatch(path -> Files.exists(Path.of(path)));
    }

    private ControlGroups version1(Limits limits) throws IOException {
        var mounts = new StringBuilder();
        var groups = new StringBuilder();
        for (var controller : new String[] {"pids", "memory", "cpu"}) {
            Files.createDirectories(mount.resolve(controller).resolve("own"));
            mounts.append("1 2 0:3 / ")
                    .append(mount.resolve(controller))
                    .append(" rw - cgroup cgroup rw,")
                    .append(controller)
                    .append('\n');
            groups.append("1:").append(controller).append(":/own\n");
        }
        var tree = GroupTree.parse(groups.toString(), mounts.toString(), _ -> "");
        return ControlGroups.plan("x", limits, MEMORY, true, tree);
    }
}
