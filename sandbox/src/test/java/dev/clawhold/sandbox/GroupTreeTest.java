package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupTreeTest {
    private static final String HYBRID_GROUPS =
            """
            8:pids:/
            4:memory:/service/abc
            2:cpuacct:/
            1:cpu,extra:/x
            0::/
            """;
    private static final String HYBRID_MOUNTS =
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu,extra
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;

    @Test
    void eachControllerOfVersion1HasItsOwnHierarchy() {
        var tree = GroupTree.parse(HYBRID_GROUPS, HYBRID_MOUNTS, _ -> "");

        assertThat(own(tree, "pids")).hasValue(Path.of("/sys/fs/cgroup/pids"));
        assertThat(own(tree, "memory")).hasValue(Path.of("/sys/fs/cgroup/memory/service/abc"));
        assertThat(own(tree, "cpu")).hasValue(Path.of("/sys/fs/cgroup/cpu/x"));
    }

    @Test
    void theUnifiedHierarchyHasTheControllersItNames() {
        var tree =
                GroupTree.parse(
                        "0::/user.slice/run.scope\n",
                        "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n",
                        own -> own.endsWith("run.scope") ? "cpuset memory pids\n" : "");

        assertThat(tree.find("memory").orElseThrow().version()).isEqualTo(2);
        assertThat(own(tree, "pids")).hasValue(Path.of("/sys/fs/cgroup/user.slice/run.scope"));
        assertThat(tree.find("cpu")).isEmpty();
    }

    @Test
    void aMountOfAPartIsFollowed() {
        var mounts = "30 23 0:26 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

        assertThat(own(GroupTree.parse("0::/docker/abc/x\n", mounts, _ -> "pids"), "pids"))
                .hasValue(Path.of("/sys/fs/cgroup/x"));
    }

    @Test
    void aGroupOutsideOfTheMountedPartIsNotThere() {
        var mounts = "30 23 0:26 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

        assertThat(GroupTree.parse("0::/docker/abcdef\n", mounts, _ -> "pids").all()).isEmpty();
        assertThat(GroupTree.parse("0::/\n", mounts, _ -> "pids").all()).isEmpty();
    }

    @Test
    void otherLinesSayNothing() {
        assertThat(GroupTree.parse("", "", _ -> "pids").all()).isEmpty();
        assertThat(GroupTree.parse("x\n1:pids\n", "1 2 3\n- - -\n", _ -> "").all()).isEmpty();
    }

    private static Optional<Path> own(GroupTree tree, String controller) {
        return tree.find(controller).map(GroupTree.Controller::own);
    }
}
