package dev.clawhold.cli;

/// What the commands ask of the rest of Clawhold.
public record Ports(Runner runner, Doctor doctor, Demo demo, Reaper reaper) {}
