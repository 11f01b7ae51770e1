package dev.agenttower.core.governance.project;

import java.util.List;

/** The types of projects, detected by the files in their roots in this order. */
enum ProjectType {
    /** A Python project. */
    PYTHON(
            "requirements.txt setup.py pyproject.toml",
            "src/ tests/ docs/ config/ requirements.txt setup.py pyproject.toml"),
    /** A Node project. */
    NODEJS("package.json", "src/ tests/ public/ config/ package.json"),
    /** A Rust project. */
    RUST("Cargo.toml", "src/ tests/ benches/ config/ Cargo.toml"),
    /** Any other project. */
    GENERIC("", "src/ tests/ docs/ config/");

    private final String signs;
    private final String developerPaths;

    ProjectType(String signs, String developerPaths) {
        this.signs = signs;
        this.developerPaths = developerPaths;
    }

    /** The default paths of a developer in such a project. */
    List<String> developerPaths() {
        return names(developerPaths);
    }

    /** The type of the project whose files these are. */
    static ProjectType of(FreshFiles files) {
        for (ProjectType type : values()) {
            if (names(type.signs).stream().anyMatch(files::exists)) {
                return type;
            }
        }
        return GENERIC;
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }
}
