package dev.agenttower.bench.engine;

/** The engine answered a request with an HTTP error. */
public final class EngineAnswerException extends RuntimeException {
    private static final int NOT_FOUND = 404;

    private final int status;
    private final String answer;

    EngineAnswerException(String call, int status, String answer) {
        super(call + " was answered with " + status + ": " + answer);
        this.status = status;
        this.answer = answer;
    }

    /** The engine's error text, one short line. */
    public String answer() {
        return answer;
    }

    boolean isNotFound() {
        return status == NOT_FOUND;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
