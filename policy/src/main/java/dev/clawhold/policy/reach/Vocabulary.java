package dev.clawhold.policy.reach;

import dev.clawhold.policy.HttpRules.Part;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Everything that some endpoints say about requests, taken together.
///
/// @param parts of one policy or of two
record Vocabulary(List<Part> parts) {

    Stream<HttpClause> http() {
        return clauses(protocol ->
                switch (protocol) {
                    case Protocol.Rest(var http) -> http;
                    case Protocol.WebSocket(var http, _, _) -> http;
                    case Protocol.GraphQl _, Protocol.JsonRpc _, Protocol.Mcp _ -> Clauses.none();
                });
    }

    Stream<GraphQlClause> operations() {
        return clauses(protocol ->
                switch (protocol) {
                    case Protocol.WebSocket(_, var operations, _) -> operations;
                    case Protocol.GraphQl(var operations, _) -> operations;
                    case Protocol.Rest _, Protocol.JsonRpc _, Protocol.Mcp _ -> Clauses.none();
                });
    }

    Stream<RpcClause> rpc() {
        return clauses(protocol ->
                switch (protocol) {
                    case Protocol.JsonRpc(var calls, _) -> calls;
                    case Protocol.Rest _,
                            Protocol.WebSocket _,
                            Protocol.GraphQl _,
                            Protocol.Mcp _ ->
                            Clauses.none();
                });
    }

    Stream<McpClause> mcp() {
        return clauses(protocol ->
                switch (protocol) {
                    case Protocol.Mcp(var calls, _) -> calls;
                    case Protocol.Rest _,
                            Protocol.WebSocket _,
                            Protocol.GraphQl _,
                            Protocol.JsonRpc _ ->
                            Clauses.none();
                });
    }

    boolean speaks(String... protocols) {
        return parts.stream()
                .anyMatch(p -> List.of(protocols).contains(p.inspection().protocol().text()));
    }

    boolean takesEncodedSlashes() {
        return parts.stream().anyMatch(p -> p.inspection().encodedSlash());
    }

    private <C> Stream<C> clauses(Function<Protocol, Clauses<C>> which) {
        return parts.stream()
                .map(part -> which.apply(part.inspection().protocol()))
                .flatMap(c -> Stream.of(c.allow(), c.ask(), c.deny()))
                .flatMap(List::stream);
    }
}
