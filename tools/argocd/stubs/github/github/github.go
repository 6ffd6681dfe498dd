// Package github stands for the client of GitHub, of which Argo CD needs the names alone: no repository here is read
// as a GitHub App.
package github

import (
	"context"
	"errors"
	"net/http"
)

var errNone = errors.New("GitHub is not asked here")

type Client struct {
	Apps  *AppsService
	Users *UsersService
}

func NewClient(*http.Client) *Client { return &Client{Apps: &AppsService{}, Users: &UsersService{}} }

func (*Client) WithEnterpriseURLs(string, string) (*Client, error) { return nil, errNone }

type AppsService struct{}

func (*AppsService) Get(context.Context, string) (*App, *Response, error) {
	return nil, nil, errNone
}

func (*AppsService) ListInstallations(context.Context, *ListOptions) ([]*Installation, *Response, error) {
	return nil, nil, errNone
}

type UsersService struct{}

func (*UsersService) Get(context.Context, string) (*User, *Response, error) {
	return nil, nil, errNone
}

type App struct{}

func (*App) GetSlug() string { return "" }

type User struct{ Login *string }

func (*User) GetID() int64     { return 0 }
func (*User) GetLogin() string { return "" }

type Installation struct {
	ID      *int64
	Account *User
}

type ListOptions struct{ Page, PerPage int }

type Response struct{ NextPage int }
