package dev.agenttower.benchmarks;

import dev.agenttower.core.event.EventClassifier;
import dev.agenttower.core.settings.EventSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Redaction and classification of one MiB of output, colours and secrets in it: the result in operations a second is MiB a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
public class ClassifierBenchmark {
    private static final int MEGABYTE = 1 << 20;

    private final EventClassifier classifier = new EventClassifier(EventSettings.DEFAULT, List.of());
    private final List<String> lines = lines();
    private final String longLine = "x > y ".repeat(MEGABYTE / 6);

    /** Created by JMH. */
    public ClassifierBenchmark() {}

    private static List<String> lines() {
        List<String> kinds = List.of(
                "[INFO] Compiling 214 source files with javac [debug release 17] to target/classes",
                "\033[32mPASS\033[0m src/components/list.test.ts (4.218 s)",
                "  at Object.<anonymous> (/work/app/node_modules/jest-runtime/build/index.js:1439:24)",
                "drwxr-xr-x 2 dev dev 4096 May 10 12:00 a-directory-with-a-name",
                "Error: connect ECONNREFUSED 127.0.0.1:5432",
                "export OPENAI_API_KEY=sk-ABCDEFGHIJKLMNOPQRSTUVWX",
                "2026-05-10T12:34:56Z level=info msg=\"request served\" path=/api/v1/items status=200 took=12ms",
                "Do you want to proceed? [Y/n] ");
        List<String> lines = new ArrayList<>();
        for (int size = 0, i = 0; size < MEGABYTE; i++) {
            String line = kinds.get(i % kinds.size());
            lines.add(line);
            size += line.length() + 1;
        }
        return lines;
    }

    /** Lines as programs print them. */
    @Benchmark
    public int output() {
        int total = 0;
        for (String line : lines) {
            total += classifier.classify(line).excerpt().length();
        }
        return total;
    }

    /** One line of a MiB. */
    @Benchmark
    public int longLine() {
        return classifier.classify(longLine).excerpt().length();
    }
}
