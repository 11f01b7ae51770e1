package dev.agenttower.core.governance.project;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Paths as text: relative to the root of a project, with {@code /} between names. */
public final class PathText {
    /** The root itself. */
    public static final String ROOT = ".";

    private PathText() {}

    /**
     * Normalizes a path by text alone: removes {@code .}, empty names, and each {@code ..} together with the name before it. A relative path
     * that leads to the root is {@code .}; one that leads out of it begins with {@code ..}.
     */
    public static String normal(String path) {
        boolean isAbsolute = path.startsWith("/");
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (!name.equals("..")) {
                names.addLast(name);
            } else if (!names.isEmpty() && !"..".equals(names.peekLast())) {
                names.removeLast();
            } else if (!isAbsolute) {
                names.addLast(name);
            }
        }
        String joined = String.join("/", names);
        return isAbsolute ? "/" + joined : joined.isEmpty() ? ROOT : joined;
    }

    /** Whether a normal path is a directory above another normal path, the root included. */
    public static boolean isAbove(String directory, String path) {
        return directory.equals(ROOT)
                ? !path.equals(ROOT)
                : path.length() > directory.length()
                        && path.startsWith(directory)
                        && path.charAt(directory.length()) == '/';
    }

    /** Whether a normal path is another one, or a directory above it. */
    public static boolean isAtOrAbove(String place, String path) {
        return place.equals(path) || isAbove(place, path);
    }

    /** Whether a normal path is one of {@code places} or below one. Takes time independent of their number. */
    public static boolean isAtOrBelowAny(String path, Set<String> places) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (places.contains(path.substring(0, end))) {
                return true;
            }
        }
        return places.contains(ROOT);
    }
}
