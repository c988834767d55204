package dev.clawhold.policy.request;

import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.glob.Glob;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What would have been allowed instead of a request that no clause lists.
record RequestHint(HttpRules rules, String path) {
    private static final int MOST = 4;

    /// Half a sentence; empty where no clause is near.
    String text() {
        var here =
                allowing()
                        .filter(clause -> clause.path().matches(path))
                        .map(clause -> clause.method().orElse("*"))
                        .filter(method -> !method.equals(HttpClause.WEBSOCKET_TEXT))
                        .distinct()
                        .toList();
        if (!here.isEmpty()) {
            return "on this path the policy allows " + list(here);
        }
        var paths = allowing().map(HttpClause::path).map(Glob::toString).distinct().toList();
        return paths.isEmpty() ? "" : "the policy allows the paths " + list(paths);
    }

    private Stream<HttpClause> allowing() {
        return rules.parts().stream()
                .map(part -> part.inspection().protocol())
                .flatMap(RequestHint::allowing);
    }

    private static Stream<HttpClause> allowing(Protocol protocol) {
        return switch (protocol) {
            case Protocol.Rest(var http) -> http.allow().stream();
            case Protocol.WebSocket(var http, _, _) -> http.allow().stream();
            case Protocol.GraphQl _, Protocol.JsonRpc _, Protocol.Mcp _ -> Stream.empty();
        };
    }

    private static String list(List<String> texts) {
        return texts.stream()
                        .limit(MOST)
                        .map(text -> "`" + text + "`")
                        .collect(Collectors.joining(", "))
                + (texts.size() > MOST ? ", …" : "");
    }
}
