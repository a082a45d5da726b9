package dev.jobctl.node;

import dev.jobctl.node.runtime.ConfigLookup;
import dev.jobctl.node.runtime.SpareDirectories;
import dev.jobctl.node.volume.AccountDirectories;
import dev.jobctl.std.Log;
import dev.jobctl.std.Time;

/// What every pod of one node shares.
record NodeParts(
        NodeSettings settings,
        NodeReports reports,
        ConfigLookup lookup,
        Runtimes runtimes,
        LoopbackAddresses addresses,
        SpareDirectories spares,
        AccountDirectories accounts,
        Time time,
        Log log) {}
