package io.darsena.app.containers.item;

/// A tab of the detail. It shows one container at a time, follows it while the tab is in the scene, and is told when
/// another one is chosen.
public interface DetailTab {

    void show(ContainerRow row, ContainerMenu menu);
}
