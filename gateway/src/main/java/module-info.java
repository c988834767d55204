/// Egress enforcement: identify, decide, record, then relay or refuse.
@org.jspecify.annotations.NullMarked
module dev.clawhold.gateway {
    requires static transitive org.jspecify;
    requires transitive dev.clawhold.policy;
    requires transitive dev.clawhold.audit;
    requires dev.clawhold.linux;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;

    exports dev.clawhold.gateway;
}
