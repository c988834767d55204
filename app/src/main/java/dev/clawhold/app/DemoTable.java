package dev.clawhold.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// What the demo prints: a table of 80 columns, row by row as things happen, and lines about it.
final class DemoTable {
    private static final int TRIED = 30;
    private static final int TOLD = 32;
    private static final int LAYER = 12;
    private static final int WIDTH = 80;
    private static final String INDENT = "    ";

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String RED = "1;31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";

    private final PrintWriter out;
    private final boolean colours;

    DemoTable(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /// A line that stands out, with an empty one around it.
    void title(String text) {
        line("");
        line(paint(BOLD, text));
        line("");
    }

    /// A name and what there is to say about it.
    void fact(String name, String text) {
        var lines = wrap(text, WIDTH - 10);
        for (int i = 0; i < lines.size(); i++) {
            line("  " + paint(DIM, pad(i == 0 ? name : "", 8)) + lines.get(i));
        }
    }

    void header() {
        line("");
        line(
                "  "
                        + paint(BOLD, pad("it tried", TRIED))
                        + "  "
                        + paint(BOLD, pad("what happened", TOLD))
                        + "  "
                        + paint(BOLD, "decided by"));
        line("  " + paint(DIM, "─".repeat(TRIED + TOLD + LAYER + 4)));
    }

    /// The end of the rows.
    void afterwards() {
        line("");
        line("  " + paint(BOLD, "afterwards, seen from outside"));
    }

    /// What the operator does in between.
    void operator(String text) {
        line("  " + paint(CYAN, "· " + text));
    }

    /// @param told what the attempt got, or was told
    void row(DemoAttempt attempt, boolean kept, boolean worked, String told) {
        var word = worked ? "allowed: " : "blocked: ";
        var happened = wrap(word + told, TOLD);
        var first = pad(happened.getFirst(), TOLD).substring(word.length());
        line(
                mark(kept)
                        + pad(attempt.tried(), TRIED)
                        + "  "
                        + paint(worked ? GREEN : YELLOW, word)
                        + first
                        + "  "
                        + paint(CYAN, attempt.layer()));
        happened.stream().skip(1).forEach(rest -> line(" ".repeat(TRIED + 4) + rest));
        if (!kept) {
            more(RED, "promised: " + attempt.promised());
        }
    }

    /// An attempt that the agent did not report.
    void missing(DemoAttempt attempt) {
        line(mark(false) + pad(attempt.tried(), TRIED) + "  it was never tried");
    }

    /// The explanation of the row above.
    void hint(String text) {
        more(DIM, "“" + text + "”");
    }

    /// Something that was looked at afterwards.
    void check(boolean kept, String name, String text) {
        var lines = wrap(text, WIDTH - 13);
        for (int i = 0; i < lines.size(); i++) {
            line((i == 0 ? mark(kept) + pad(name, 11) : " ".repeat(13)) + lines.get(i));
        }
    }

    /// What all of it comes to.
    void verdict(boolean kept, String text) {
        line("");
        line(paint(kept ? "1;32" : RED, text));
        line("");
    }

    private void more(String colour, String text) {
        wrap(text, WIDTH - INDENT.length()).forEach(part -> line(INDENT + paint(colour, part)));
    }

    private String mark(boolean kept) {
        return kept ? paint(GREEN, "✓ ") : paint(RED, "✗ ");
    }

    private String paint(String colour, String text) {
        return colours ? "\033[" + colour + "m" + text + "\033[0m" : text;
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// Breaks a text at spaces, and inside a word only where that alone is too long.
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
