package dev.clawhold.app;

import java.security.SecureRandom;

/// Names for sandboxes that their operator has not named.
final class SandboxName {
    private static final int LETTERS = 6;
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private SandboxName() {}

    static String random() {
        var random = new SecureRandom();
        var name = new StringBuilder("box-");
        for (int i = 0; i < LETTERS; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
