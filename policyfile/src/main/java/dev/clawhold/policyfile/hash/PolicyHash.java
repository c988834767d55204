package dev.clawhold.policyfile.hash;

import dev.clawhold.policy.Policy;
import dev.clawhold.policy.content.Canonical;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The identity of what a policy means: SHA-256 over the RFC 8785 form of the policy with short
/// forms expanded and defaults filled in. Comments, notes, names, quotes, the order of keys and the
/// places of lines take no part; so two files of one hash are one policy.
///
/// @param hex 64 lower-case hexadecimal digits
public record PolicyHash(String hex) {

    public static PolicyHash of(Policy policy) {
        var text = Canonical.text(NormalForm.of(policy)).orElseThrow();
        return new PolicyHash(
                HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
