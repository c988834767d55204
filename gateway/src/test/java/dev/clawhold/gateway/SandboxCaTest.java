package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clawhold.policy.host.Host;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxCaTest {
    private static final Host NAME = new Host.Name("api.example.com");

    private final AtomicReference<Instant> clock =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final SandboxCa ca = new SandboxCa(clock::get);

    @Test
    void theRootIsACaForLeavesOnly() throws Exception {
        var root = root(ca);

        root.verify(root.getPublicKey());
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(root.getCriticalExtensionOIDs()).containsExactly("2.5.29.15", "2.5.29.19");
        assertThat(root.getNonCriticalExtensionOIDs()).containsExactly("2.5.29.14");
        assertThat(root.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(root.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(root.getNotBefore().toInstant()).isEqualTo(now().minus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "10.0.0.1", "2001:db8::1"})
    void aLeafIsForOneServerAndNothingElse(String text) throws Exception {
        var host = Host.of(text).orElseThrow();
        var leaf = leaf(ca, host);

        validate(leaf, root(ca));
        int kind = host instanceof Host.Name ? 2 : 7;
        assertThat(leaf.getSubjectAlternativeNames())
                .singleElement()
                .satisfies(name -> {
                    assertThat(name.getFirst()).isEqualTo(kind);
                    assertThat(Host.of(name.getLast().toString())).contains(host);
                });
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getKeyUsage()).startsWith(true, false, false);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.35", "2.5.29.37", "2.5.29.17");
        assertThat(leaf.getSerialNumber().signum()).isOne();
        assertThat(leaf.getSerialNumber().bitLength()).isEqualTo(64);
        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(now().minus(Duration.ofHours(1)));
    }

    @Test
    void aLeafNamesItsAuthoritysKey() throws Exception {
        var subject = root(ca).getExtensionValue("2.5.29.14");
        var authority = leaf(ca, NAME).getExtensionValue("2.5.29.35");

        assertThat(ByteBuffer.wrap(authority, authority.length - 20, 20))
                .isEqualTo(ByteBuffer.wrap(subject, subject.length - 20, 20));
    }

    @Test
    void twoSandboxesTrustEachOtherInNothing() throws Exception {
        var other = root(new SandboxCa(clock::get));

        assertThat(other.getSubjectX500Principal())
                .isNotEqualTo(root(ca).getSubjectX500Principal());
        var leaf = leaf(ca, NAME);
        assertThatThrownBy(() -> validate(leaf, other))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aLeafIsMadeOnceAndAnewBeforeItEnds() {
        var first = ca.serverFor(NAME);
        assertThat(ca.serverFor(NAME)).isSameAs(first);

        clock.set(now().plus(Duration.ofDays(28)));
        assertThat(ca.serverFor(NAME)).isSameAs(first);

        clock.set(now().plus(Duration.ofDays(1)));
        assertThat(ca.serverFor(NAME)).isNotSameAs(first);
    }

    @Test
    void theLeafUnusedForLongestIsForgotten() {
        var used = ca.serverFor(NAME);
        var unused = ca.serverFor(name(0));
        for (int i = 1; i < SandboxCa.MAX_LEAVES; i++) {
            ca.serverFor(name(i));
            ca.serverFor(NAME);
        }

        assertThat(ca.serverFor(NAME)).isSameAs(used);
        assertThat(ca.serverFor(name(0))).isNotSameAs(unused);
    }

    @Test
    void theLongestNameGetsALeafToo() throws Exception {
        var host = Host.of("a".repeat(60) + ("." + "b".repeat(60)).repeat(3)).orElseThrow();

        validate(leaf(ca, host), root(ca));
    }

    private static Host name(int number) {
        return new Host.Name("n" + number + ".example");
    }

    private Instant now() {
        return clock.get();
    }

    private static X509Certificate root(SandboxCa ca) throws GeneralSecurityException {
        var in = new ByteArrayInputStream(ca.pem().getBytes(StandardCharsets.US_ASCII));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    private void validate(X509Certificate leaf, X509Certificate root)
            throws GeneralSecurityException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    /// The certificate that a client gets from the context for the host.
    private static X509Certificate leaf(SandboxCa ca, Host host) throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", root(ca));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var client = context.createSSLEngine();
        client.setUseClientMode(true);
        var server = ca.serverFor(host).createSSLEngine();
        server.setUseClientMode(false);
        handshake(client, server);
        return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }

    private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
        var toServer = ByteBuffer.allocate(1 << 16);
        var toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        server.beginHandshake();
        while (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                || server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        var none = ByteBuffer.allocate(1 << 16);
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, none);
                in.compact();
            }
            case NOT_HANDSHAKING, FINISHED -> {}
        }
    }
}
