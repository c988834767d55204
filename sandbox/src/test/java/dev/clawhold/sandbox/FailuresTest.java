package dev.clawhold.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter system calls: seccomp(1, 0x28, the filter) | SYSTEM_CALLS",
                "restrict this process by it: landlock_restrict_self(the result) | FILES",
                "take `/srv/bind:mount(8)`: open_tree(-100, `/srv`) | FILES",
                "enter the working directory: chdir(`/srv/bind`) | FILES",
                "limit: open files: prlimit64(0, 7, 16384, 0) | LIMITS",
                "join the control group: write(the result, `0`, 1) | LIMITS",
                "become the sandbox's user: setresuid(1, 1, 1) | IDENTITY",
                "map the user id: write(the result, `1 1 1`, 5) | IDENTITY",
                "bind DNS over UDP: bind(the result, its address, 16) | NETWORK",
                "fork the sandbox into its namespaces: clone(0x7c020411) | PROCESSES",
            })
    void theLayerIsThatOfTheCall(String operation, Layer layer) {
        assertThat(Failures.explain(operation, Errno.EPERM.number()).layer()).isEqualTo(layer);
    }

    @Test
    void theMessageNamesTheOperationAndTheCause() {
        assertThat(Failures.explain("show `/usr` read-only: move_mount(x)", 1))
                .hasMessage("cannot show `/usr` read-only: operation not permitted");
    }

    @Test
    void anOperationWithoutWordsIsNamedByItsCall() {
        assertThat(Failures.explain("mkdirat(-100, `/tmp/dev`, 493)", 30))
                .hasMessage("cannot mkdirat(-100, `/tmp/dev`, 493): read-only file system");
    }

    @Test
    void aMissingUserNamespaceHasAMend() {
        var refused = Failures.explain("enter a user namespace of its own: unshare(0x10000000)", 1);

        assertThat(refused.mend()).hasValueSatisfying(m -> assertThat(m).contains("doctor"));
    }
}
