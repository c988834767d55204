package dev.clawhold.gateway;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.host.Host;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Compares what a client's first bytes name with what it connected for: TLS by its server name,
/// plain HTTP by its `Host`. Other protocols name nothing and fit.
final class FirstBytes {
    private static final int HTTP = 80;

    private FirstBytes() {}

    /// What the bytes so far come to.
    sealed interface Finding {
        /// Too few to say.
        record More() implements Finding {}

        record Fitting() implements Finding {}

        /// They name another host, or none where one must be named.
        ///
        /// @param presented the name as sent, empty where there is none
        record Misfit(ReasonCode code, String presented) implements Finding {}
    }

    static Finding look(ByteBuffer bytes, EgressRequest request) {
        return switch (ClientHello.peek(bytes)) {
            case ClientHello.NeedMore() -> new Finding.More();
            case ClientHello.Hello(var name) -> tls(name, request.host());
            case ClientHello.Malformed(var cause) ->
                    new Finding.Misfit(ReasonCode.SNI_MISMATCH, cause);
            case ClientHello.NotTls() -> http(HttpHead.peek(bytes), request);
        };
    }

    // A literal address is no server name (RFC 6066 § 3), so there none is expected.
    private static Finding tls(Optional<String> name, Host host) {
        boolean fits =
                name.isEmpty()
                        ? host instanceof Host.Address
                        : Host.of(name.get()).equals(Optional.of(host));
        return fits
                ? new Finding.Fitting()
                : new Finding.Misfit(ReasonCode.SNI_MISMATCH, name.orElse(""));
    }

    private static Finding http(HttpHead.Peek peek, EgressRequest request) {
        return switch (peek) {
            case HttpHead.NeedMore() -> new Finding.More();
            case HttpHead.NotHttp() -> new Finding.Fitting();
            case HttpHead.Head head when head.names(request.host(), request.port(), HTTP) ->
                    new Finding.Fitting();
            case HttpHead.Head head ->
                    new Finding.Misfit(ReasonCode.HOST_HEADER_MISMATCH, head.host());
            case HttpHead.Malformed(var cause) ->
                    new Finding.Misfit(ReasonCode.REQUEST_MALFORMED, cause);
        };
    }
}
