package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
)

// processes are the parts of the control plane: this program again, each in a role and with a log of its own.
type processes struct {
	dir     string
	running []*exec.Cmd
	died    chan error
}

func init() {
	// A part dies with the thread that started it (Pdeathsig), so that thread must be one that stays: the main one.
	runtime.LockOSThread()
}

func (p *processes) start(role string, args ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(p.dir, role+".log"))
	if err != nil {
		return err
	}
	defer log.Close()
	command := exec.Command(self, append([]string{role}, args...)...)
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := command.Start(); err != nil {
		return err
	}
	p.running = append(p.running, command)
	go func() {
		p.died <- fmt.Errorf("%s ended (%v), see %s", role, command.Wait(), log.Name())
	}()
	return nil
}

// stop kills: no part has anything to save, and an API server takes its time to leave politely.
func (p *processes) stop() {
	for _, command := range p.running {
		_ = command.Process.Kill()
	}
	for range p.running {
		<-p.died
	}
}
