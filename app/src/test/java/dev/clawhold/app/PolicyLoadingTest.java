package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.cli.CommandException;
import dev.clawhold.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyLoadingTest {
    @TempDir private Path directory;

    private final ToldNotices told = new ToldNotices();

    @Test
    void withoutAFileTheBuiltInPolicyHolds() {
        var policy = PolicyLoading.load(Optional.empty(), Instant.EPOCH, told.notices()).policy();

        assertThat(policy.revision()).isZero();
        assertThat(policy.confinement()).isEqualTo(Policy.builtIn().confinement());
        assertThat(policy.egress().rules()).isEmpty();
    }

    @Test
    void aFileIsTheFirstRevision() throws IOException {
        assertThat(load("version: 1\n").revision()).isOne();
        assertThat(told.all()).isEmpty();
    }

    @Test
    void warningsAreToldAndThePolicyHolds() throws IOException {
        var policy =
                load(
                        """
                        version: 1
                        network_policies:
                          old:
                            until: 1969-12-31T00:00:00Z
                            endpoints: [{host: a.example.com, port: 443}]
                            binaries: [{path: /bin/sh}]
                        """);

        assertThat(policy.egress().rules()).hasSize(1);
        assertThat(told.all()).isNotEmpty().first().asString().contains(":4:", "warning: ");
    }

    @Test
    void everyProblemIsToldBeforeTheRefusal() {
        var file = directory.resolve("policy.yaml");

        assertThatThrownBy(() -> load("version: 2\nnetwork_policie: {}\n"))
                .isInstanceOf(CommandException.class)
                .hasMessage("cannot use the policy `" + file + "`: 2 problems");
        assertThat(told.all())
                .anyMatch(line -> line.startsWith(file + ":1:10: "))
                .anyMatch(line -> line.startsWith(file + ":2:1: "));
    }

    @Test
    void oneProblemIsNotCalledSeveral() {
        assertThatThrownBy(() -> load("version: 2\n")).hasMessageEndingWith(": 1 problem");
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheCause() {
        var file = directory.resolve("none.yaml");

        assertThatThrownBy(
                        () -> PolicyLoading.load(Optional.of(file), Instant.EPOCH, told.notices()))
                .isInstanceOf(CommandException.class)
                .hasMessage("cannot read the policy `" + file + "`: no such file");
    }

    private Policy load(String text) throws IOException {
        var file = Files.writeString(directory.resolve("policy.yaml"), text);
        return PolicyLoading.load(Optional.of(file), Instant.EPOCH, told.notices()).policy();
    }
}
