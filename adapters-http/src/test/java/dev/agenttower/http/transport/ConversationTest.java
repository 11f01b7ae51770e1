package dev.agenttower.http.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.core.caller.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSelectorProvider;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

final class ConversationTest {
    private static final long LATER_THAN_ANY_DEADLINE = Long.MAX_VALUE / 2;

    private final AtomicReference<Consumer<Conversation>> whileWorking = new AtomicReference<>(conversation -> {});
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    @TempDir
    Path directory;

    private AFUNIXServerSocketChannel server;
    private AFUNIXSocket client;
    private Conversation conversation;
    private Thread worker;

    @BeforeEach
    void connect() throws IOException {
        AFUNIXSocketAddress address = AFUNIXSocketAddress.of(directory.resolve("s"));
        server = AFUNIXServerSocketChannel.open();
        server.bind(address);
        client = AFUNIXSocket.connectTo(address);
        conversation = new Conversation(
                server.accept(),
                "known",
                new Answering(),
                HttpLimits.defaults(),
                new LargeBodies(HttpLimits.defaults()),
                () -> 0,
                () -> true,
                ended -> hasEnded.set(true));
        worker = new Thread(this::converse, "conversation");
        worker.start();
    }

    private void converse() {
        try (Selector selector = AFUNIXSelectorProvider.getInstance().openSelector()) {
            do {
                while (!conversation.listen(selector, ByteBuffer.allocate(100))) {
                    selector.select();
                    selector.selectedKeys().clear();
                }
            } while (conversation.serve());
        } catch (IOException gone) {
            conversation.close();
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        client.close();
        server.close();
        worker.join();
        assertThat(hasEnded).isTrue();
    }

    @Test
    void gives_way_when_it_is_idle_and_not_while_it_is_answered() throws IOException {
        whileWorking.set(Conversation::giveWay);
        assertThat(ask()).isEqualTo("HTTP/1.1 200 OK");
        await().until(() -> conversation.isListening() && !conversation.isNew());
        conversation.giveWay();
        assertThat(client.getInputStream().read()).isNegative();
    }

    @Test
    void no_deadline_passes_while_an_answer_is_worked_out() throws IOException {
        whileWorking.set(one -> one.endIfOverdue(LATER_THAN_ANY_DEADLINE));
        assertThat(ask()).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void a_deadline_that_passes_while_a_request_is_awaited_ends_it() throws IOException {
        conversation.endIfOverdue(LATER_THAN_ANY_DEADLINE);
        assertThat(client.getInputStream().read()).isNegative();
    }

    private String ask() throws IOException {
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: tower\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    private final class Answering implements HttpService {
        @Override
        public Object connected(Peer peer) {
            return peer;
        }

        @Override
        public HttpReply reply(HttpRequest request) {
            whileWorking.get().accept(conversation);
            return new HttpReply(200, "text/plain", Map.of(), HttpContent.of(new byte[0]));
        }

        @Override
        public HttpReply refuse(HttpFault fault) {
            throw new AssertionError(fault);
        }
    }
}
