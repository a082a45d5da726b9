package dev.jobctl.apiserver.openapi;

/// The two forms of OpenAPI that clients read.
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String references;

    Dialect(String references) {
        this.references = references;
    }

    String reference(String definition) {
        return references + definition;
    }
}
