package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.cli.CommandException;
import dev.clawhold.gateway.SandboxCa;
import dev.clawhold.sandbox.OwnFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
    private static final String OWN = new SandboxCa(InstantSource.system()).pem();

    @TempDir private Path directory;

    @Test
    void everyPlaceWhereProgramsLookIsCoveredOnce() throws IOException {
        var trust = Trust.of(List.of(), OWN);
        var java = Path.of(System.getProperty("java.home", "/"), "lib/security/cacerts");

        assertThat(trust.bundle()).isEqualTo("/run/clawhold/ca-bundle.pem");
        assertThat(trust.files().stream().map(OwnFile::path))
                .doesNotHaveDuplicates()
                .startsWith(trust.bundle())
                .contains(java.toRealPath().toString());
    }

    @Test
    void anOperatorsAuthorityIsTaken() throws IOException {
        var file = Files.writeString(directory.resolve("ca.pem"), "# our own\n" + OWN + OWN);

        assertThat(Trust.of(List.of(file), OWN).files()).isNotEmpty();
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        var file = directory.resolve("none.pem");

        assertThatThrownBy(() -> Trust.of(List.of(file), OWN))
                .isInstanceOf(CommandException.class)
                .hasMessage("cannot read the certificates in `" + file + "`");
    }

    @Test
    void aFileWithoutACertificateIsRefused() throws IOException {
        var file = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN PRIVATE KEY-----");

        assertThatThrownBy(() -> Trust.of(List.of(file), OWN))
                .isInstanceOf(CommandException.class)
                .hasMessage(
                        "cannot use `"
                                + file
                                + "` as an authority: it holds no certificate in PEM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIBAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA"
            })
    void aFileWithAMalformedCertificateIsRefusedThoughAnotherIsWhole(String malformed)
            throws IOException {
        var file = Files.writeString(directory.resolve("ca.pem"), OWN + malformed);

        assertThatThrownBy(() -> Trust.of(List.of(file), OWN))
                .isInstanceOf(CommandException.class)
                .hasMessageEndingWith("a certificate in it cannot be read");
    }

    @Test
    void whatOnlyLooksLikeACertificateIsRefused() throws IOException {
        var lines = "MIIBAA" + "A".repeat(346);
        var file =
                Files.writeString(
                        directory.resolve("ca.pem"),
                        "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> Trust.of(List.of(file), OWN))
                .isInstanceOf(CommandException.class)
                .hasMessageEndingWith("a certificate in it cannot be read");
    }
}
