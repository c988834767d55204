package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/// Puts a TLS server into its place when the client's first bytes are a ClientHello, and nothing
/// when they are not. For one connection.
final class DenialTlsHandler extends ByteToMessageDecoder {
    private static final String HTTP_1 = "http/1.1";

    private final SandboxCa ca;
    private final Host host;

    /// @param host whose certificate is shown to a client that sends no usable server name
    DenialTlsHandler(SandboxCa ca, Host host) {
        this.ca = ca;
        this.host = host;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (ClientHello.peek(in.nioBuffer())) {
            case ClientHello.NeedMore() -> {}
            case ClientHello.NotTls() -> ctx.pipeline().remove(this);
            case ClientHello.Hello(var name) ->
                    ctx.pipeline().replace(this, "tls", new SslHandler(engine(name)));
            case ClientHello.Malformed _ -> {
                in.skipBytes(in.readableBytes());
                var _ = ctx.close();
            }
        }
    }

    private SSLEngine engine(Optional<String> serverName) {
        var engine = ca.serverFor(serverName.flatMap(Host::of).orElse(host)).createSSLEngine();
        engine.setUseClientMode(false);
        // A client that offers h2 alone goes on without an agreed protocol: the answer is HTTP/1.1.
        engine.setHandshakeApplicationProtocolSelector(
                (_, offered) -> offered.contains(HTTP_1) ? HTTP_1 : "");
        return engine;
    }
}
