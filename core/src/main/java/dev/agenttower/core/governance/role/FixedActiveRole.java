package dev.agenttower.core.governance.role;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A constant active role.
 *
 * @param roleName the role, or null for none
 * @param specName the spec, or null for none
 */
public record FixedActiveRole(
        @Nullable String roleName, @Nullable String specName) implements ActiveRole {
    @Override
    public Optional<String> role() {
        return named(roleName);
    }

    @Override
    public Optional<String> spec() {
        return named(specName);
    }

    private static Optional<String> named(@Nullable String name) {
        return Optional.ofNullable(name).map(String::strip).filter(text -> !text.isEmpty());
    }
}
