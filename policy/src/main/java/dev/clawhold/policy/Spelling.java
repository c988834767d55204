package dev.clawhold.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody probably meant.
public final class Spelling {
    private static final int MOST_EDITS = 2;

    private Spelling() {}

    /// The nearest of some words: at most two characters inserted, removed, replaced or swapped
    /// with their neighbour, and fewer than the word has.
    public static Optional<String> nearest(String word, Collection<String> words) {
        return words.stream()
                .filter(other -> distance(word, other) <= Math.min(MOST_EDITS, word.length() - 1))
                .min(Comparator.comparingInt((String other) -> distance(word, other)));
    }

    /// How many edits lie between two words (optimal string alignment); more than two count as
    /// three.
    public static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > MOST_EDITS) {
            return MOST_EDITS + 1;
        }
        var table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : cell(table, a, b, i, j);
            }
        }
        return Math.min(table[a.length()][b.length()], MOST_EDITS + 1);
    }

    private static int cell(int[][] table, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best =
                Math.min(
                        Math.min(table[i - 1][j], table[i][j - 1]) + 1,
                        table[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
