package dev.clawhold.app;

import dev.clawhold.cli.Demo;
import java.io.PrintWriter;

/// `clawhold demo`.
final class LocalDemo implements Demo {
    LocalDemo(Operator operator) {}

    @Override
    public int run(PrintWriter out) {
        return 1;
    }
}
