package dev.agenttower.contract.process;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps Awaitility from failing a test because a thread of another class, which runs at the same time, ended with an exception. Registered for all classes by
 * {@code META-INF/services}.
 */
public final class OwnFailuresOnly implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}
