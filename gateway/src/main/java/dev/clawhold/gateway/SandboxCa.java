package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificate authority of one sandbox: trusted inside it and nowhere else. Its key exists
/// only in memory. It makes one certificate for each host, all with one key. Safe for use by many
/// threads.
///
/// Making one takes 60 to 110 ms in a JVM that has just started, on a busy machine of two cores and
/// little less with an AOT cache: nearly all of it is the JDK's first key on the curve. So start it
/// on a thread of its own, before anything else. The first host takes as long again, for the JDK's
/// TLS; a further one 0.3 to 0.6 ms.
public final class SandboxCa {
    /// Hosts whose certificates are kept; beyond them the one unused for longest is made anew.
    static final int MAX_LEAVES = 1_024;

    private static final Duration ROOT_LIFE = Duration.ofDays(3_650);
    private static final Duration LEAF_LIFE = Duration.ofDays(30);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(1);
    private static final int KEPT_SESSIONS = 64;

    private final InstantSource clock;
    private @Nullable KeyPair leafKey;
    private final Certificates certificates;
    private final byte[] root;
    private final Map<Host, Leaf> leaves = new Leaves();

    /// A new authority.
    ///
    /// @param clock tells when certificates begin and end
    public SandboxCa(InstantSource clock) {
        this.clock = clock;
        var authority = newKey();
        certificates = new Certificates(authority);
        root = certificates.root(clock.instant(), ROOT_LIFE);
    }

    /// The CA's certificate in PEM (RFC 7468), as bundles of trusted certificates hold it.
    public String pem() {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    /// A TLS server's context that shows a certificate for exactly this host, of TLS 1.2 and 1.3.
    public synchronized SSLContext serverFor(Host host) {
        var now = clock.instant();
        var leaf = leaves.get(host);
        if (leaf == null || !leaf.holdsAt(now)) {
            leaf = new Leaf(context(host, now), now);
            leaves.put(host, leaf);
        }
        return leaf.context();
    }

    // Made with the first denial over TLS: a start need not wait for it.
    private KeyPair leafKey() {
        if (leafKey == null) {
            leafKey = newKey();
        }
        return leafKey;
    }

    private SSLContext context(Host host, Instant now) {
        var pair = leafKey();
        try {
            var certificate = certificates.leaf(host, pair.getPublic(), now, LEAF_LIFE);
            var key = new LeafKeys(pair.getPrivate(), parse(certificate));
            var context = SSLContext.getInstance("TLS");
            // Without an empty list of its own it would load the system's trusted certificates.
            context.init(new KeyManager[] {key}, new TrustManager[0], null);
            context.getServerSessionContext().setSessionCacheSize(KEPT_SESSIONS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot serve TLS", e);
        }
    }

    private static X509Certificate parse(byte[] der) throws GeneralSecurityException {
        var in = new ByteArrayInputStream(der);
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256 keys", e);
        }
    }

    private record Leaf(SSLContext context, Instant made) {
        boolean holdsAt(Instant now) {
            return !now.isBefore(made.minus(Certificates.BACKDATED))
                    && now.isBefore(made.plus(LEAF_LIFE).minus(RENEWED_BEFORE));
        }
    }

    private static final class Leaves extends LinkedHashMap<Host, Leaf> {
        private static final long serialVersionUID = 1L;

        Leaves() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Host, Leaf> eldest) {
            return size() > MAX_LEAVES;
        }
    }
}
