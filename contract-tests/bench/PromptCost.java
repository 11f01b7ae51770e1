import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prompt costs: from the socket of the daemon to the program in a pane, and how fast many messages to many panes are delivered.
 * Started by prompt-cost with a running daemon and a tmux whose panes write what they get into named pipes.
 */
public final class PromptCost {
    private static final int SINGLE = 100;
    private static final int PANES = 20;
    private static final int MANY = 1000;

    /** Milliseconds between two questions: asking all the time would slow down the delivery that is measured. */
    private static final int PAUSE = 20;

    private PromptCost() {}

    public static void main(String[] args) throws Exception {
        Path socket = Path.of(args[0]);
        List<InputStream> programs = new ArrayList<>();
        for (int i = 0; i < PANES; i++) {
            // also for writing, so that the open does not wait
            programs.add(Channels.newInputStream(FileChannel.open(Path.of(args[1], String.valueOf(i)), READ, WRITE)));
        }
        InputStream first = programs.remove(0);
        call(socket, "scan_containers", "{}");
        call(socket, "scan_panes", "{}");
        String token = field(call(socket, "app.hello", "{\"client_id\":\"cost\",\"client_version\":\"1\"}"), "app_session_token");
        String panes = call(socket, "list_panes", "{}");
        Matcher pane = Pattern.compile("\\{\"container_id\":\"(\\w+)\"[^{}]*?\\}").matcher(panes);
        int adopted = 0;
        while (pane.find()) {
            String row = pane.group();
            if (!args[2].isEmpty() && !args[2].equals(pane.group(1))) {
                continue;
            }
            call(socket, "app.agent.register_from_pane", "{\"app_session_token\":\"" + token + "\",\"container_id\":\""
                    + pane.group(1) + "\",\"tmux_socket\":\"" + field(row, "tmux_socket_path") + "\",\"session_name\":\""
                    + field(row, "tmux_session_name") + "\",\"window_index\":" + number(row, "tmux_window_index")
                    + ",\"pane_index\":" + number(row, "tmux_pane_index") + ",\"pane_id\":\"" + field(row, "tmux_pane_id")
                    + "\",\"role\":\"slave\",\"capability\":\"claude\",\"label\":\"w" + adopted++ + "\"}");
        }
        System.out.println("panes: " + adopted);
        for (int i = 0; i < 50; i++) {
            one(socket, first, "warm " + i);
        }
        long[] nanos = new long[SINGLE];
        for (int i = 0; i < SINGLE; i++) {
            nanos[i] = one(socket, first, "single " + i);
        }
        Arrays.sort(nanos);
        System.out.printf("socket to program: p50 %.1f ms, p95 %.1f ms%n", nanos[SINGLE / 2] / 1e6, nanos[SINGLE * 95 / 100] / 1e6);
        programs.add(first);
        for (InputStream program : programs) {
            Thread reader = new Thread(() -> read(program));
            reader.setDaemon(true);
            reader.start();
        }
        sendAndDeliver(socket);
        drain(socket, token, args[2]);
    }

    /** Messages are delivered while they are sent. */
    private static void sendAndDeliver(Path socket) throws InterruptedException {
        long begin = System.nanoTime();
        sendMany(socket);
        long sent = System.nanoTime();
        while (number(call(socket, "queue.list", "{\"state\":\"queued\",\"limit\":1}"), "envelope_size_bytes") != null) {
            Thread.sleep(PAUSE);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf("%d messages to %d panes: sent in %.1f s, delivered in %.1f s, %.0f a second%n",
                MANY, PANES, (sent - begin) / 1e9, seconds, MANY / seconds);
    }

    /** Messages wait, as their panes are in copy mode, and are delivered when they have left it. */
    private static void drain(Path socket, String token, String container) throws IOException, InterruptedException {
        tmux(container, "for p in $(tmux -L default list-panes -a -F '#{pane_id}'); do tmux -L default copy-mode -t $p; done");
        sendMany(socket);
        tmux(container, "for p in $(tmux -L default list-panes -a -F '#{pane_id}'); do tmux -L default send-keys -t $p -X cancel; done");
        awaitQueued(socket, token, MANY * 19 / 20, 2);
        long waiting = queued(socket, token);
        long begin = System.nanoTime();
        awaitQueued(socket, token, 0, PAUSE);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf("%d queued messages to %d panes: drained in %.1f s, %.0f a second%n", waiting, PANES, seconds, waiting / seconds);
    }

    private static void awaitQueued(Path socket, String token, long most, int pause) throws InterruptedException {
        while (queued(socket, token) > most) {
            Thread.sleep(pause);
        }
    }

    private static long queued(Path socket, String token) {
        return number(call(socket, "app.dashboard", "{\"app_session_token\":\"" + token + "\"}"), "queued");
    }

    private static void tmux(String container, String script) throws IOException, InterruptedException {
        List<String> command = container.isEmpty() ? List.of("sh", "-c", script) : List.of("docker", "exec", container, "sh", "-c", script);
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(script);
        }
    }

    private static void sendMany(Path socket) throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            int begun = s;
            Thread sender = new Thread(() -> {
                for (int i = begun; i < MANY; i += 4) {
                    send(socket, "w" + i % PANES, "many " + i);
                }
            });
            sender.start();
            senders.add(sender);
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    private static long one(Path socket, InputStream program, String body) throws IOException {
        long begin = System.nanoTime();
        send(socket, "w0", body);
        int next = program.read();
        long nanos = System.nanoTime() - begin;
        while (next != '\r') {
            next = program.read();
        }
        return nanos;
    }

    private static void read(InputStream program) {
        try {
            while (program.read(new byte[4096]) >= 0) {}
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Path socket, String target, String body) {
        String answer = call(socket, "queue.send_input", "{\"operator\":true,\"wait\":false,\"target\":\"" + target
                + "\",\"body_bytes\":\"" + Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)) + "\"}");
        if (!answer.contains("\"state\":\"queued\"") && !answer.contains("\"state\":\"delivered\"")) {
            throw new IllegalStateException(answer);
        }
    }

    private static String call(Path socket, String method, String params) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(("{\"method\":\"" + method + "\",\"params\":" + params + "}\n")
                    .getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String field(String json, String name) {
        Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!value.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return value.group(1);
    }

    private static Long number(String json, String name) {
        Matcher value = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        return value.find() ? Long.valueOf(value.group(1)) : null;
    }
}
