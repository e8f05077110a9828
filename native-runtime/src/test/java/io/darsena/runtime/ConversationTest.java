package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.FrameDecoder;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConversationTest {

    @TempDir
    Path directory;

    @Test
    void whoLeftIsHeardToTheEndThoughNothingCanBeAskedAnyMore() throws Exception {
        var address = UnixDomainSocketAddress.of(directory.resolve("peer.sock"));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (var loop = new EventLoop();
                var server =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
                var talk = new Conversation(
                        "the peer",
                        SocketChannel.open(address),
                        new FrameDecoder(),
                        loop,
                        notice -> heard.add(notice.name()),
                        reason -> heard.add("ended"))) {
            var busy = new CountDownLatch(1);
            var until = new CompletableFuture<Void>();
            talk.begin();
            loop.execute(() -> {
                busy.countDown();
                until.join();
            });
            busy.await();
            try (SocketChannel peer = server.accept()) {
                peer.write(Frame.named("running").build().encode());
                peer.write(Frame.named("exited").build().encode());
            }

            assertThatThrownBy(() -> talk.ask(Frame.named("signal"), "send signal", Duration.ofSeconds(20)))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageStartingWith("send signal: cannot write to the peer: ");

            assertThat(talk.isOver()).isTrue();
            assertThatThrownBy(() -> talk.ask(Frame.named("signal"), "send signal", Duration.ofSeconds(20)))
                    .hasMessageStartingWith("send signal: no connection with the peer: ");
            until.complete(null);
            for (String expected : new String[] {"running", "exited", "ended"}) {
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        }
    }
}
