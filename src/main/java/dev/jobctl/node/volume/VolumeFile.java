package dev.jobctl.node.volume;

/// One file of a volume.
///
/// @param path relative, may name directories
/// @param mode permission bits
record VolumeFile(String path, byte[] content, int mode) {}
