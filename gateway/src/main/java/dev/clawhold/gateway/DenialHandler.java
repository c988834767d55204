package dev.clawhold.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Reads one request's head, answers the denial and ends the connection so that the client gets to
/// read it: the end is announced (`close_notify`, FIN), then what the client still sends is dropped
/// for a while, since closing over unread bytes would reset the connection (RFC 9112 § 9.6). For
/// one connection.
final class DenialHandler extends ByteToMessageDecoder {
    /// Seconds for the handshake and the head.
    static final int HEAD_SECONDS = 10;

    /// Seconds that a client may take to read the answer and end its side.
    static final int LINGER_SECONDS = 2;

    private final DenialSource source;
    private boolean answered;
    private int seen;

    DenialHandler(DenialSource source) {
        this.source = source;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        closeAfter(ctx.channel(), HEAD_SECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (answered) {
            in.skipBytes(in.readableBytes());
        } else if (mayDecide(in)) {
            switch (HttpHead.peek(in.nioBuffer())) {
                case HttpHead.NeedMore() -> {}
                case HttpHead.NotHttp() -> close(ctx.channel());
                case HttpHead.Malformed _ -> answer(ctx, source.denial());
                case HttpHead.Head head -> answer(ctx, source.denial(head.method(), head.path()));
            }
        }
    }

    /// Only the first bytes, the end of a line or the bound on all can decide anything new: so the
    /// bytes are gone through a bounded number of times, however finely a client cuts them.
    private boolean mayDecide(ByteBuf in) {
        int readable = in.readableBytes();
        int from = in.readerIndex() + seen;
        boolean decides =
                seen == 0
                        || readable >= HttpHead.LIMIT
                        || in.indexOf(from, in.writerIndex(), (byte) '\n') >= 0;
        seen = readable;
        return decides;
    }

    private void answer(ChannelHandlerContext ctx, Denial denial) {
        answered = true;
        ctx.writeAndFlush(Unpooled.wrappedBuffer(denial.response()))
                .addListener((ChannelFuture _) -> end(ctx));
    }

    private static void end(ChannelHandlerContext ctx) {
        var tls = ctx.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutdown(ctx.channel());
        } else {
            tls.closeOutbound().addListener((ChannelFuture _) -> shutdown(ctx.channel()));
        }
    }

    private static void shutdown(Channel channel) {
        var _ = ((DuplexChannel) channel).shutdownOutput();
        closeAfter(channel, LINGER_SECONDS);
    }

    private static void closeAfter(Channel channel, int seconds) {
        Runnable close = () -> close(channel);
        var end = channel.eventLoop().schedule(close, seconds, TimeUnit.SECONDS);
        channel.closeFuture().addListener(_ -> end.cancel(false));
    }

    /// A client that does not trust the certificate, or resets: there is nobody to tell.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        close(ctx.channel());
    }

    private static void close(Channel channel) {
        var _ = channel.close();
    }
}
