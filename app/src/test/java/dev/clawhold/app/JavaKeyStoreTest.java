package dev.clawhold.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.gateway.SandboxCa;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaKeyStoreTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String OWN = new SandboxCa(InstantSource.system()).pem();

    @Test
    void aJvmFindsEveryCertificateInIt() throws Exception {
        var own = Path.of(System.getProperty("java.home", "/"), "lib/security/cacerts");
        var expected = certificates(Files.readAllBytes(own), PASSWORD);
        var pem = new StringBuilder("# all that this JVM trusts\n");
        for (var certificate : expected) {
            pem.append(pem(certificate.getEncoded()));
        }

        assertThat(expected).hasSizeGreaterThan(50);
        assertThat(certificates(JavaKeyStore.trusting(pem.toString()), PASSWORD))
                .isEqualTo(expected);
    }

    @Test
    void itIsReadWithoutThePasswordToo() throws Exception {
        var store = KeyStore.getInstance("JKS");
        store.load(new ByteArrayInputStream(JavaKeyStore.trusting(OWN)), null);

        assertThat(store.size()).isOne();
    }

    @Test
    void itsDigestHoldsItTogether() {
        var store = JavaKeyStore.trusting(OWN);
        store[100]++;

        assertThatThrownBy(() -> certificates(store, PASSWORD)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate at all",
                "-----BEGIN CERTIFICATE-----\nAAAA",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIB=AAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n!\u00e9!\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIBAAAA\n-----END CERTIFICATE-----\n"
            })
    void whatIsNoCertificateIsLeftOutAndTheRestIsThere(String malformed) throws Exception {
        var expected = certificates(JavaKeyStore.trusting(OWN), PASSWORD);
        assertThat(expected).hasSize(1);

        assertThat(certificates(JavaKeyStore.trusting(OWN + malformed), PASSWORD))
                .isEqualTo(expected);
        assertThat(JavaKeyStore.certificates(malformed)).isEmpty();
    }

    private static Set<Certificate> certificates(byte[] store, char[] password)
            throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance(KeyStore.getDefaultType()); // reads JKS as well
        keys.load(new ByteArrayInputStream(store), password);
        var certificates = new HashSet<Certificate>();
        for (var alias : Collections.list(keys.aliases())) {
            certificates.add(keys.getCertificate(alias));
        }
        return certificates;
    }

    private static String pem(byte[] der) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }
}
