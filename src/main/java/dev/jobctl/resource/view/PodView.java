package dev.jobctl.resource.view;

/// A Pod as controllers see it.
public record PodView() {}
