package dev.agenttower.contract.governance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agenttower.contract.process.Programs;
import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A process that is killed when it reaches a step, and the ports that kill it. */
final class KilledProcess {
    /** How a process exits that was killed. */
    static final int KILLED = 128 + 9;

    private KilledProcess() {}

    /** Runs one of the programs that are killed; returns its exit code. */
    static int run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return start(main, arguments).waitFor();
    }

    /** Starts one of the programs that are killed. */
    static Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Programs.javaProgram(), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start();
    }

    /** A port that kills this process before or after a call of a method. */
    static <T> T killedAt(Class<T> type, T target, String method, boolean before) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            boolean isLast = called.getName().equals(method);
            if (isLast && before) {
                killSelf();
            }
            try {
                return called.invoke(target, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                if (isLast) {
                    killSelf();
                }
            }
        }));
    }

    /** The application of changes below a root, which kills this process at a step that is one of its own. */
    static ChangeApplication application(ChangeApplication target, ChangeStep step, Path root) {
        return switch (step) {
            case INTENT_RECORDED -> killedAt(ChangeApplication.class, target, "begin", false);
            case TARGET_REPLACED -> killedAt(ChangeApplication.class, target, "replace", false);
            case SETTLED -> killedAt(ChangeApplication.class, target, "settle", false);
            case TEMPORARY_WRITTEN -> half(target, root);
            case LEDGER_WRITTEN, QUEUE_WRITTEN -> target;
        };
    }

    /** Instead of replacing a target, leaves half of its new content in the temporary file. */
    private static ChangeApplication half(ChangeApplication target, Path root) {
        return (ChangeApplication) Proxy.newProxyInstance(
                ChangeApplication.class.getClassLoader(),
                new Class<?>[] {ChangeApplication.class},
                (proxy, called, args) -> {
                    if (called.getName().equals("replace")) {
                        ChangeIntent intent = (ChangeIntent) args[0];
                        byte[] content = (byte[]) args[1];
                        Path file = root.resolve(intent.targetPath());
                        String name = Sha256.hex(intent.id().getBytes(UTF_8));
                        Path temporary =
                                file.resolveSibling("." + file.getFileName() + "." + name.substring(0, 24) + ".tmp");
                        Files.write(temporary, Arrays.copyOf(content, content.length / 2));
                        killSelf();
                    }
                    try {
                        return called.invoke(target, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The ledger, which kills this process at a step that is its own. */
    static Ledger ledger(Ledger target, ChangeStep step) {
        return step == ChangeStep.LEDGER_WRITTEN ? killedAt(Ledger.class, target, "append", false) : target;
    }

    /** The queue, which kills this process at a step that is its own. */
    static ChangeQueue queue(ChangeQueue target, ChangeStep step) {
        if (step != ChangeStep.QUEUE_WRITTEN) {
            return target;
        }
        return (ChangeQueue) Proxy.newProxyInstance(
                ChangeQueue.class.getClassLoader(), new Class<?>[] {ChangeQueue.class}, (proxy, called, args) -> {
                    try {
                        return called.getName().equals("exclusively")
                                ? exclusively(target, (Function<?, ?>) args[0])
                                : called.invoke(target, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private static Object exclusively(ChangeQueue target, Function<?, ?> work) {
        return target.exclusively(writing -> ((Function<ChangeQueue.Writing, Object>) work)
                .apply(killedAt(ChangeQueue.Writing.class, writing, "save", false)));
    }

    /** Kills this process, and does not return. */
    static void killSelf() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
