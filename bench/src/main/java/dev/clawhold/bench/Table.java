package dev.clawhold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Results as a table that a Markdown file can hold.
final class Table {
    private final List<String> lines = new ArrayList<>();

    Table(String... columns) {
        row((Object[]) columns);
        row(List.of(columns).stream().map(_ -> "---").toArray());
    }

    /// One more row; numbers get as many decimals as tell something.
    Table row(Object... cells) {
        lines.add(
                List.of(cells).stream()
                        .map(cell -> cell instanceof Double number ? text(number) : cell.toString())
                        .collect(Collectors.joining(" | ", "| ", " |")));
        return this;
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.1f", number);
    }

    /// Writes it where the script wants it.
    void write(Path place) throws IOException {
        Files.write(place, lines, StandardOpenOption.APPEND);
    }
}
