package dev.agenttower.contract.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * Runs tasks in cycles and not by time: a datagram on a Unix socket lets one cycle begin. It runs the repeated tasks, then the others that
 * were given before or by a repeated one; what those give waits for the next cycle.
 */
final class TickedTimer extends ScheduledThreadPoolExecutor {
    private final List<Runnable> repeated = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();

    private TickedTimer() {
        super(1, work -> {
            Thread thread = new Thread(work, "ticked-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A timer whose socket is at this path. */
    static TickedTimer start(Path path) {
        try {
            TickedTimer timer = new TickedTimer();
            AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance();
            socket.bind(AFUNIXSocketAddress.of(path));
            Thread ticks = new Thread(() -> timer.follow(socket), "delivery-ticks");
            ticks.setDaemon(true);
            ticks.start();
            return timer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(AFUNIXDatagramSocket socket) {
        try {
            while (true) {
                socket.receive(new DatagramPacket(new byte[1], 1));
                cycle();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void cycle() {
        List<Runnable> all;
        synchronized (waiting) {
            all = List.copyOf(repeated);
        }
        all.forEach(Runnable::run);
        synchronized (waiting) {
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(Runnable::run);
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        execute(task);
        return done();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        synchronized (waiting) {
            repeated.add(task);
        }
        return done();
    }

    private ScheduledFuture<?> done() {
        return super.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
    }
}
