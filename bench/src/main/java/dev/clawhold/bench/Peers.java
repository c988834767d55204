package dev.clawhold.bench;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.program.Program;
import java.util.List;
import java.util.stream.IntStream;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

/// The same rules for others: a loop that tries every one, and jCasbin's matcher.
final class Peers {
    private record Line(Glob host, List<Glob> programs) {}

    private static final String MODEL =
            """
            [request_definition]
            r = program, host, port
            [policy_definition]
            p = program, host, port
            [policy_effect]
            e = some(where (p.eft == allow))
            [matchers]
            m = r.host == p.host && r.port == p.port && r.program == p.program
            """;

    private final List<Line> lines;
    private final Enforcer enforcer;

    Peers(ManyRules many) {
        lines = IntStream.range(0, many.count()).mapToObj(i -> line(many, i)).toList();
        var model = new Model();
        model.loadModelFromText(MODEL);
        enforcer = new Enforcer(model);
        enforcer.enableLog(false);
        enforcer.addPolicies(
                IntStream.range(0, many.count())
                        .mapToObj(i -> List.of("/usr/bin/curl", many.host(i), "443"))
                        .toList());
    }

    private static Line line(ManyRules many, int rule) {
        return new Line(
                ManyRules.glob(Glob.Kind.HOST, many.host(rule)),
                many.programs(rule).stream()
                        .map(path -> ManyRules.glob(Glob.Kind.BINARY, path))
                        .toList());
    }

    boolean loop(EgressRequest request) {
        if (!(request.program() instanceof Program.Known(var executable, _, _))) {
            return false;
        }
        var host = request.host().text();
        for (var line : lines) {
            if (request.port() == 443 && line.host().matches(host)) {
                for (var program : line.programs()) {
                    if (program.matches(executable.path())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Exact hosts and one program each: the least that could be asked of it.
    boolean casbin(String host) {
        return enforcer.enforce("/usr/bin/curl", host, "443");
    }
}
