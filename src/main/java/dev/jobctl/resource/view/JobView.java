package dev.jobctl.resource.view;

/// A Job as controllers see it.
public record JobView() {}
