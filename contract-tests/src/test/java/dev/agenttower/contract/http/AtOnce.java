package dev.agenttower.contract.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many agents that ask at the same time. */
final class AtOnce {
    private AtOnce() {}

    /**
     * Has calls made by several threads.
     *
     * @param call one call, by its number from 0
     * @return what the calls gave, in the order of their numbers
     */
    static <T> List<T> call(int threads, int count, IntFunction<T> call) throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> work = IntStream.range(0, count)
                    .<Callable<T>>mapToObj(i -> () -> call.apply(i))
                    .toList();
            List<T> given = new ArrayList<>();
            for (Future<T> one : agents.invokeAll(work)) {
                given.add(one.get());
            }
            return given;
        } finally {
            agents.shutdownNow();
        }
    }
}
