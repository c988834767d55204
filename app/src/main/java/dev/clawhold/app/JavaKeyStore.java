package dev.clawhold.app;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A key store of trusted certificates that every JVM reads as its `cacerts` (format JKS, version
/// 2), with the usual password `changeit`.
///
/// Written by hand because it stands in the way of every start: the JDK's own would parse each
/// certificate first, 60 ms for a system's bundle.
final class JavaKeyStore {
    private static final int MAGIC = 0xFEED_FEED;
    private static final int VERSION = 2;
    private static final int TRUSTED_CERTIFICATE = 2;
    private static final String PASSWORD = "changeit";
    private static final String WHITENER = "Mighty Aphrodite"; // the format's constant
    static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private JavaKeyStore() {}

    /// A store of every certificate of a PEM text.
    static byte[] trusting(String pem) {
        var certificates = certificates(pem);
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(certificates.size());
            for (int i = 0; i < certificates.size(); i++) {
                out.writeInt(TRUSTED_CERTIFICATE);
                out.writeUTF("ca-" + i);
                out.writeLong(0);
                out.writeUTF("X.509");
                out.writeInt(certificates.get(i).length);
                out.write(certificates.get(i));
            }
            out.write(digest(bytes.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /// The certificates of a PEM text (RFC 7468), in DER. What stands between the lines but is no
    /// certificate is left out: it would make the whole store unreadable.
    static List<byte[]> certificates(String pem) {
        var certificates = new ArrayList<byte[]>();
        int begin = pem.indexOf(BEGIN);
        while (begin >= 0) {
            int end = pem.indexOf(END, begin);
            if (end < 0) {
                break;
            }
            decode(pem.substring(begin + BEGIN.length(), end)).ifPresent(certificates::add);
            begin = pem.indexOf(BEGIN, end);
        }
        return certificates;
    }

    private static Optional<byte[]> decode(String lines) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(lines))
                    .filter(JavaKeyStore::isSequence);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    // Of 256 to 65,535 bytes, as every certificate is (ITU-T X.690 § 8.1.3).
    private static boolean isSequence(byte[] der) {
        return der.length > 4
                && der[0] == 0x30
                && der[1] == (byte) 0x82
                && ((der[2] & 0xFF) << 8 | (der[3] & 0xFF)) == der.length - 4;
    }

    private static byte[] digest(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(PASSWORD.getBytes(StandardCharsets.UTF_16BE));
            digest.update(WHITENER.getBytes(StandardCharsets.UTF_8));
            return digest.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
