package dev.agenttower.core.discovery;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A lifecycle log that keeps its lines as {@code token key=value ...}. */
final class LifecycleLines implements LifecycleLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void report(LifecycleEvent event, Map<String, ?> fields) {
        lines.add(fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(" ", event.token() + " ", "")));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
