package dev.clawhold.gateway;

import static dev.clawhold.gateway.Der.oid;
import static dev.clawhold.gateway.Der.sequence;
import static dev.clawhold.gateway.Der.value;

import dev.clawhold.policy.host.Host;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

/// Writes the two kinds of certificates of one sandbox's CA, in DER (RFC 5280 § 4). For use by one
/// thread at a time.
///
/// The form is fixed and small, so it is written here: the usual library made the first certificate
/// of a JVM in 70 to 120 ms, signed jars being kept out of the JVM's class caches; this takes 3 to
/// 6.
final class Certificates {
    /// How far in the past a certificate's life begins, for clocks that go behind.
    static final Duration BACKDATED = Duration.ofHours(1);

    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] TRUE = value(Der.BOOLEAN, new byte[] {-1});
    private static final byte[] KEY_CERT_SIGN_AND_CRL_SIGN = {1, 0b0000_0110};
    private static final byte[] DIGITAL_SIGNATURE = {7, (byte) 0b1000_0000};
    private static final byte[] SERVER_AUTH = oid(1, 3, 6, 1, 5, 5, 7, 3, 1);

    private final KeyPair authority;
    private final SecureRandom random = new SecureRandom();
    private final byte[] issuer;

    Certificates(KeyPair authority) {
        this.authority = authority;
        issuer = name("Clawhold sandbox " + Long.toHexString(random.nextLong()));
    }

    /// The CA's own certificate, which can sign leaves but no further CA.
    byte[] root(Instant now, Duration life) {
        var key = authority.getPublic();
        return certificate(
                issuer,
                key,
                validity(now, life),
                extension(19, true, sequence(TRUE, value(Der.INTEGER, new byte[1]))),
                extension(15, true, value(Der.BIT_STRING, KEY_CERT_SIGN_AND_CRL_SIGN)),
                extension(14, false, value(Der.OCTET_STRING, keyId(key))));
    }

    /// A server's certificate for exactly this host.
    byte[] leaf(Host host, PublicKey key, Instant now, Duration life) {
        return certificate(
                name("Clawhold sandbox"),
                key,
                validity(now, life),
                // Python 3.13 refuses a leaf without the authority's key identifier.
                extension(35, false, sequence(value(Der.CONTEXT, keyId(authority.getPublic())))),
                extension(15, true, value(Der.BIT_STRING, DIGITAL_SIGNATURE)),
                extension(37, false, sequence(SERVER_AUTH)),
                extension(17, false, sequence(alternativeName(host))));
    }

    private byte[] certificate(
            byte[] subject, PublicKey key, byte[] validity, byte[]... extensions) {
        var body =
                sequence(
                        value(Der.CONTEXT | 0x20, value(Der.INTEGER, new byte[] {2})),
                        value(Der.INTEGER, serial()),
                        ECDSA_WITH_SHA256,
                        issuer,
                        validity,
                        subject,
                        key.getEncoded(),
                        value(Der.CONTEXT | 0x20 | 3, sequence(extensions)));
        return sequence(body, ECDSA_WITH_SHA256, Der.bits(signature(body)));
    }

    /// Positive, of 64 random bits.
    private byte[] serial() {
        return new BigInteger(64, random).setBit(63).toByteArray();
    }

    private byte[] signature(byte[] body) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(authority.getPrivate(), random);
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot sign with ECDSA", e);
        }
    }

    /// RFC 7093 § 2, method 4.
    private static byte[] keyId(PublicKey key) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Arrays.copyOf(hash, 20);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /// @param id the last number of its object identifier below 2.5.29
    private static byte[] extension(int id, boolean critical, byte[] content) {
        return sequence(
                oid(2, 5, 29, id), critical ? TRUE : new byte[0], value(Der.OCTET_STRING, content));
    }

    private static byte[] alternativeName(Host host) {
        return switch (host) {
            case Host.Name(var text) -> Der.text(Der.CONTEXT | 2, text);
            case Host.Address(var address) -> value(Der.CONTEXT | 7, address.bytes());
        };
    }

    private static byte[] name(String commonName) {
        var text = value(Der.UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
        return sequence(value(Der.SET, sequence(oid(2, 5, 4, 3), text)));
    }

    private static byte[] validity(Instant now, Duration life) {
        return sequence(utcTime(now.minus(BACKDATED)), utcTime(now.plus(life)));
    }

    /// `YYMMDDHHMMSSZ`; the years 1950 to 2049.
    private static byte[] utcTime(Instant instant) {
        var t = instant.atOffset(ZoneOffset.UTC);
        var text = new StringBuilder(13);
        for (int part :
                new int[] {
                    t.getYear(),
                    t.getMonthValue(),
                    t.getDayOfMonth(),
                    t.getHour(),
                    t.getMinute(),
                    t.getSecond()
                }) {
            text.append((char) ('0' + part / 10 % 10)).append((char) ('0' + part % 10));
        }
        return Der.text(Der.UTC_TIME, text.append('Z').toString());
    }
}
